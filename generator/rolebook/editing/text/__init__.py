"""Edits to the text of one file: what must change does, and nothing else, comments included."""
