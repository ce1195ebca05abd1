"""Changes of whole names: rename, merge and retire, in every file that names a thing."""
