"""Changes to the files of a handbook: tried before they are kept, and written whole or not at all."""
