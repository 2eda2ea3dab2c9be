"""Text to quantities, and what only looks like one."""
