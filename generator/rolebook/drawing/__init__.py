"""Drawings as geometry: shapes go in, places of boxes, lines and text come out; nothing here knows a handbook."""
