"""solieu: figures of Vietnamese provincial news, each tied to place, indicator, period and status."""
