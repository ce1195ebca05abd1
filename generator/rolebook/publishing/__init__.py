"""Pages to a site: the only layer that knows MkDocs, its theme, and the folders that sites lie in."""
