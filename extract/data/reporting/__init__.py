"""How does a run become a page that people look at? Marks, cells, pages and their template."""
