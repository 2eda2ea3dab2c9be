"""Figures to tables, checks, comparisons and reports."""
