"""Which place, period, indicator, breakdown and denominator belong to which quantity."""
