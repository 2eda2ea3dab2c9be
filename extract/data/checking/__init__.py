"""Exact arithmetic over figures: relations, verdicts, repairs and habits. The door is `extract.data.checks`."""
