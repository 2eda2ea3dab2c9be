"""What each quantity counts: the phrase and the facets of it."""
