"""From the bytes of a file to its text, or to the reason why they are none."""

import re
import unicodedata
from typing import NamedTuple

from rolebook.source.span import Span
from rolebook.source.tree import Fault

MAX_BYTES = 1_000_000
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SEPARATORS = "\x0b\x0c\x85\u2028\u2029"
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What makes letters show in another order than they have."""
_BREAK = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_OTHER_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_OTHER_FILES = {
    b"PK\x03\x04": "an Office document or a ZIP file",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
}
_POINTER = "version https://git-lfs"
_IS_POINTER = "this is a pointer of Git LFS in place of the file itself"
_OTHER_CONTENT = {"<": "this is HTML or XML", "{": "this is JSON"}
_OTHER_BEGINNING = re.compile(rf"\s*({'|'.join(map(re.escape, (*_OTHER_CONTENT, _POINTER)))})")
YAML = "YAML"
MARKDOWN = "Markdown"
CSV = "CSV"
_WRITTEN_AS = {
    YAML: "Write the file as YAML, one 'key: value' a line.",
    CSV: "Write the file as CSV: the names of the columns on the first line, and commas between the cells.",
}
_BROKEN = {YAML: "broken-yaml", MARKDOWN: "malformed-page", CSV: "malformed-table"}
"""The rule that a file breaks which holds something else, by what it should hold."""


class Unseen(NamedTuple):
    """A character that nobody sees and no text needs: where it stands in the text, what it is, and what to do."""

    at: int
    message: str
    help: str


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text without their ends, as YAML counts them."""
    return tuple(_BREAK.split(text) if "\r" in text else text.split("\n"))


def decode(path: str, data: bytes, language: str = YAML) -> tuple[str, Fault | None]:
    """The text of a file (without a byte order mark), and what keeps it from being read in its language, if anything.

    What is YAML for certain not to be (HTML, JSON) may well be Markdown.
    """
    if len(data) > MAX_BYTES:
        size = f"the file is larger than {MAX_BYTES / 1_000_000:.1f} MB"
        return "", _unreadable(Span.of_file(path), size, "Split it: a file holds at most 1 MB.")
    if data.isascii() and len(data.translate(None, _CONTROLS)) == len(data):
        text, fault = data.decode("ascii"), None
    else:
        text, fault = _checked(path, data, language)
    return text, fault or _other_content(path, text, language)


def unseen(text: str) -> Unseen | None:
    """The first character of a text that nobody sees and no text needs; None where there is none."""
    found = _UNSEEN.search(text)
    if found is None:
        return None
    character, number = found[0], f"(U+{ord(found[0]):04X})"
    if character in _TURNING:
        message = f"an invisible sign {number} shows what follows in another order than it has"
        return Unseen(found.start(), message, "Delete it: people would read something else than what is written.")
    if character in _SEPARATORS:
        message = f"an invisible separator {number} stands here"
        return Unseen(found.start(), message, "Replace it with a space, or with an ordinary end of the line.")
    return Unseen(found.start(), f"an invisible control character {number} stands here", "Delete it.")


def _checked(path: str, data: bytes, language: str) -> tuple[str, Fault | None]:
    """The text of bytes that may not be plain text, and what is wrong with it."""
    if other := _other_file(data, language):
        return "", _unreadable(Span.of_file(path), *other)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        letter = data[error.start : error.start + 1].decode("cp1252", "ignore")
        guess = f" Here it may have said '{letter}'." if letter and unicodedata.category(letter)[0] == "L" else ""
        return before, _unreadable(
            _place(path, before), "the file is not UTF-8 from here on", f"Save it as UTF-8.{guess}"
        )
    if found := unseen(text):
        return text, _unreadable(_place(path, text[: found.at]), found.message, found.help)
    return text, None


def _other_file(data: bytes, language: str) -> tuple[str, str] | None:
    """What a file is that was never text in UTF-8, and what to do; None where it may be."""
    for mark, encoding in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            return f"the file is written in {encoding}", "Save it as UTF-8."
    for mark, what in _OTHER_FILES.items():
        if data.startswith(mark):
            return f"this is {what}, not {language}", f"Write its content as {language}, in plain text."
    one, other = data[:32:2], data[1:32:2]
    if other and any(one) is not any(other):
        return "the file is written in UTF-16", "Save it as UTF-8."
    return None


def _other_content(path: str, text: str, language: str) -> Fault | None:
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (found := _CONFLICT.search(text)):
        span = _place(path, text[: found.start()], len(found[0]))
        message = "a merge conflict was left unresolved"
        return Fault(_BROKEN[language], span, message, "Keep one of the two versions and delete the markers.")
    if language == MARKDOWN:
        help = "Put the file itself in its place."
        pointer = Fault(_BROKEN[language], _place(path, ""), _IS_POINTER, help)
        return pointer if text.startswith(_POINTER) else None
    if found := _OTHER_BEGINNING.match(text):
        message = _IS_POINTER if found[1] == _POINTER else f"{_OTHER_CONTENT[found[1]]}, not {language}"
        return Fault(_BROKEN[language], _place(path, text[: found.start(1)]), message, _WRITTEN_AS[language])
    return None


def _unreadable(span: Span, message: str, help: str) -> Fault:
    return Fault("unreadable-file", span, message, help)


def _place(path: str, before: str, width: int = 1) -> Span:
    lines = lines_of(before)
    column = len(lines[-1]) + 1
    return Span(path, len(lines), column, len(lines), column + width)
