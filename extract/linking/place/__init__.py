"""Which place belongs to which quantity."""
