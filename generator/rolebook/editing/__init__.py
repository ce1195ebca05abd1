"""Changes to the files of a handbook: repairs that are tried before they are kept, and written whole or not at all."""

from rolebook.editing.repair import Refused, Repair, repair
from rolebook.editing.writing import NotWritten, write

__all__ = ["NotWritten", "Refused", "Repair", "repair", "write"]
