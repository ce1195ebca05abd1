"""What the YAML parser complains of, in plain words."""

from typing import NamedTuple

COLON = ("mapping values are not allowed",)
KEY = ("block mapping",)
ITEM = ("block collection",)
SIMPLE_KEY = ("simple key",)
NEXT = ("document start",)
NODE = ("node content",)
LIST = ("flow sequence",)
BRACES = ("flow mapping",)


class Complaint(NamedTuple):
    """The parser's words, what we say instead, what to do, and whether the beginning of the trouble is the place."""

    words: tuple[str, ...]
    message: str
    help: str
    at_beginning: bool = False


COMPLAINTS = (
    Complaint(
        ("quoted scalar", "end of stream"),
        "a quotation mark is opened here and never closed",
        "Close it, or put the whole text between quotation marks of the other kind.",
        at_beginning=True,
    ),
    Complaint(
        ("quoted scalar", "document indicator"),
        "a quotation mark is opened here and never closed",
        "Close it, or put the whole text between quotation marks of the other kind.",
        at_beginning=True,
    ),
    Complaint(
        ("quoted scalar", "escape"),
        "a backslash stands between double quotation marks",
        "Write it twice, or put the text between single quotation marks.",
    ),
    Complaint(
        ("quoted scalar", "hex"),
        "a backslash stands between double quotation marks",
        "Write it twice, or put the text between single quotation marks.",
    ),
    Complaint(
        COLON,
        "a colon stands where none can",
        "Put the text in quotation marks if the colon belongs to it; else check the indentation.",
    ),
    Complaint(
        ("scanning an alias",),
        "a text cannot begin with '*'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("scanning an anchor",),
        "a text cannot begin with '&'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("tag",),
        "a text cannot begin with '!'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("directive",),
        "a line cannot begin with '%'",
        "Put the text in quotation marks, or take the line out.",
        at_beginning=True,
    ),
    Complaint(
        ("block scalar",),
        "a text cannot begin with '>' or '|'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        LIST,
        "a list in brackets is opened here and not closed, or a comma is missing in it",
        "Close it with ']', or put a text that begins with '[' in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        BRACES,
        "a brace is opened here and not closed, or a comma is missing behind it",
        "Close it with '}', or put a text that begins with '{' in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        SIMPLE_KEY,
        "this line is neither 'key: value' nor part of the text above",
        "Add the colon and a space behind the key, or indent the line below the text it belongs to.",
        at_beginning=True,
    ),
    Complaint(
        ("block sequence entries are not allowed",),
        "a list item ('- ') stands where none can",
        "Put it on a line of its own below its key.",
    ),
    Complaint(
        ITEM,
        "this line does not stand below the other items of its list",
        "Give it the same indentation as the '-' of its neighbours.",
    ),
    Complaint(
        KEY,
        "this line does not stand below the other keys",
        "Give it the same indentation as its neighbours.",
    ),
    Complaint(
        ("cannot start any token",),
        "a text cannot begin with this character",
        "Put the text in quotation marks.",
    ),
    Complaint(
        NEXT,
        "this does not belong to what stands above it",
        "Check the indentation: every key of the file begins in the first column.",
    ),
    Complaint(
        ("mapping keys are not allowed",),
        "a question mark stands where none can",
        "Put the text in quotation marks.",
    ),
    Complaint(
        NODE,
        "a value is missing here, or begins with a character that it cannot begin with",
        "Write the value, in quotation marks if it begins with a special character.",
    ),
)

UNKNOWN = Complaint(
    (), "this cannot be read as YAML", "Check indentation, colons and quotation marks here and in the line above."
)


def complaint(words: str) -> Complaint:
    """The plain words for what the parser says."""
    return next((known for known in COMPLAINTS if all(part in words for part in known.words)), UNKNOWN)
