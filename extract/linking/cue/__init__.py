"""How each quantity is meant: bound, change, comparison, status."""
