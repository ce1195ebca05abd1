"""From files to a handbook: reading what the model declares, and telling what does not fit."""

from rolebook.loading.files import NotAHandbook
from rolebook.loading.loader import Loaded, load, read_source

__all__ = ["Loaded", "NotAHandbook", "load", "read_source"]
