"""One value a cell: statements under keys, clustered, merged over provinces, derived, laid out."""
