"""Text to records: quantities, terms, places, indicators."""
