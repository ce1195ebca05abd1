"""What changes in files, as a patch that `git apply` and `patch` take."""

import difflib
from collections.abc import Iterator, Mapping


def patch(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """The unified differences of the files in `after` from what they were, in the order of their paths."""
    return "".join(line for path in sorted(after) for line in _of_file(path, before[path], after[path]))


def _of_file(path: str, before: bytes, after: bytes) -> Iterator[str]:
    old, new = before.decode().split("\n"), after.decode().split("\n")
    lines = difflib.unified_diff(_whole(old), _whole(new), f"a/{path}", f"b/{path}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _whole(lines: list[str]) -> list[str]:
    """Lines with their newlines, as patches count them; a carriage return belongs to the line."""
    *ended, last = lines
    return [f"{line}\n" for line in ended] + ([last] if last else [])
