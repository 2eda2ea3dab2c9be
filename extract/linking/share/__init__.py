"""Which quantities a percentage rests on."""
