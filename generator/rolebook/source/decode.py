"""From the bytes of a file to its text, or to the reason why they are none."""

import re

from rolebook.source.span import Span
from rolebook.source.tree import Fault

MAX_BYTES = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_OTHER_CONTENT = {
    "<": "this is HTML or XML, not YAML",
    "{": "this is JSON, not YAML",
    "version https://git-lfs": "this is a pointer of Git LFS in place of the file itself",
    "%PDF": "this is a PDF, not YAML",
}


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text without their ends, as YAML counts them."""
    return tuple(_BREAK.split(text))


def decode(path: str, data: bytes) -> tuple[str, Fault | None]:
    """The text of a file (without a byte order mark), and what keeps it from being read, if anything does."""
    if len(data) > MAX_BYTES:
        size = f"the file is {len(data) / 1_000_000:.1f} MB large"
        return "", _unreadable(Span.of_file(path), size, "Split it: a file holds at most 1 MB.")
    for mark, encoding in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            return "", _unreadable(Span.of_file(path), f"the file is written in {encoding}", "Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        span = _place(path, before, 1)
        return before, _unreadable(span, "the file is not UTF-8 from here on", "Save it as UTF-8.")
    if found := _CONTROL.search(text):
        span = _place(path, text[: found.start()], 1)
        message = f"an invisible control character (U+{ord(found[0]):04X}) stands here"
        return text, _unreadable(span, message, "Delete it.")
    return text, _other_content(path, text)


def _other_content(path: str, text: str) -> Fault | None:
    if found := _CONFLICT.search(text):
        span = _place(path, text[: found.start()], len(found[0]))
        message = "a merge conflict was left unresolved"
        return Fault("broken-yaml", span, message, "Keep one of the two versions and delete the markers.")
    stripped = text.lstrip()
    for beginning, message in _OTHER_CONTENT.items():
        if stripped.startswith(beginning):
            help = "Write the file as YAML, one 'key: value' a line."
            return Fault("broken-yaml", _place(path, text[: len(text) - len(stripped)], 1), message, help)
    return None


def _unreadable(span: Span, message: str, help: str) -> Fault:
    return Fault("unreadable-file", span, message, help)


def _place(path: str, before: str, width: int) -> Span:
    lines = lines_of(before)
    column = len(lines[-1]) + 1
    return Span(path, len(lines), column, len(lines), column + width)
