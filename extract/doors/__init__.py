"""The commands: thin functions that import what they open when they are called, so that help is instant."""
