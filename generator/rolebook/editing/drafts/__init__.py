"""New files: a place for all that is to be written, and what the handbook already knows."""
