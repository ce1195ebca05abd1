"""The formats of snapshots, old and new: only here is it known that there is more than one.

Format 1 begins with a line for the release, `{"format": 1, "release": {…}}`, and one for each improvement that
protects something from then on, `{"protected": {…}}`. Then comes a line for each entity, `{"<kind>": {…}}`, with the
keys that it has in YAML. A key that is not there says nothing: null, or an empty list where that is the same. A matrix
is a list of its rows, a page its text.
"""

from collections.abc import Mapping
from types import MappingProxyType

FORMAT = 1
"""The format that is written."""
PROTECTED = "protected"
"""What the lines behind the first one are called that tell what an improvement protects."""
KINDS: Mapping[int, frozenset[str]] = MappingProxyType(
    {
        1: frozenset(
            {
                *("organisation", "glossary", "checks", "process", "improvement", "functions"),
                *("role", "matrix", "job", "plan", "page"),
            }
        )
    }
)
"""The kinds of file that a format knows: of others, a snapshot says nothing, and they are not missing."""


def fault(written_in: object) -> str:
    """Why a snapshot in a format cannot be read; "" where it can."""
    if written_in in KINDS and type(written_in) is int:
        return ""
    if type(written_in) is int and written_in > FORMAT:
        newer = f"it is written in format {written_in:,}" if written_in < 1_000_000 else "it is written in a format"
        return f"{newer} of a newer Rolebook, and this one reads up to {FORMAT}: install the newer one"
    return "it does not say in which format it is written"
