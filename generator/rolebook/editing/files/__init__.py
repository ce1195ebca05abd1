"""The files of a handbook together: tried in a copy, shown as a patch, written all or not at all."""
