"""What changes in files, as a patch that `git apply` takes; where files only change, `patch` takes it as well."""

import difflib
from collections.abc import Iterator, Mapping

from rolebook.editing.files.moves import moves

_NOWHERE = "/dev/null"


def patch(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> str:
    """The unified differences of the files in `after` from what they were, in the order of their paths.

    None in `before` is a file that is made, None in `after` one that is deleted. A file that is made out of a deleted
    one is shown as renamed, with what changes in it.
    """
    moved = moves(before, after)
    with_names = any(data is None for data in (*before.values(), *after.values()))
    pieces: list[str] = []
    for path in sorted(after.keys() - moved.values()):
        old = moved.get(path, path)
        if with_names:
            pieces += _names(old, path, before[old], after[path])
        pieces += _lines(old, path, before[old], after[path])
    return "".join(pieces)


def _names(old: str, path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    yield f"diff --git a/{old} b/{path}\n"
    if old != path:
        yield f"rename from {old}\nrename to {path}\n"
    elif before is None:
        yield "new file mode 100644\n"
    elif after is None:
        yield "deleted file mode 100644\n"


def _lines(old: str, path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    lines = difflib.unified_diff(
        _whole(before or b""),
        _whole(after or b""),
        _NOWHERE if before is None else f"a/{old}",
        _NOWHERE if after is None else f"b/{path}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _whole(data: bytes) -> list[str]:
    """Lines with their newlines, as patches count them; a carriage return belongs to the line."""
    *ended, last = data.decode().split("\n")
    return [f"{line}\n" for line in ended] + ([last] if last else [])
