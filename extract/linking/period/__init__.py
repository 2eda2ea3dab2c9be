"""Which period belongs to which quantity."""
