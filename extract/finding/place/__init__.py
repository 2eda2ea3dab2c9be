"""Text to places: the gazetteer, mentions, and what the article is about."""
