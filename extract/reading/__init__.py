"""Files to articles, and an article to sentences and words."""
