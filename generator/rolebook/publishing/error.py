"""The one exception of this layer that a person is meant to read."""


class SiteError(Exception):
    """A site cannot be made; one line says where and why."""
