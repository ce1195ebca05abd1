"""Why a snapshot cannot be read."""

from rolebook.source import Span


class DamagedSnapshot(Exception):
    """A snapshot cannot be read: `str()` says why, and `span` says where."""

    def __init__(self, span: Span, message: str) -> None:
        super().__init__(message)
        self.span = span
