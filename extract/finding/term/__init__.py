"""Text to terms: stretches of time with their ISO 8601 periods."""
