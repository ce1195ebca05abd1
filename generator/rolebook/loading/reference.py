"""The reference page of the guide: every key of every kind of file, from the model's own declarations."""

from collections.abc import Iterator

from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.loading.docstrings import field_docs, summary
from rolebook.loading.scalars import describe
from rolebook.model.kinds import KINDS

_HEAD = """\
# Reference: every key of every file

This page is written by `rolebook schema --format markdown` from the declarations that also read your files, so it
is never behind them. A list may be written as a single value when it has just one. For a complete example of each
kind of file, see [the files of a handbook](files.md).
"""


def reference() -> str:
    """The reference page as Markdown."""
    parts = [_HEAD]
    for kind in KINDS:
        parts.append(f"## {kind.title[0].upper()}{kind.title[1:]}\n\n`{kind.pattern}`\n\n{summary(kind.type)}\n")
        waiting: list[type[object]] = [kind.type]
        told: set[type[object]] = set()
        while waiting:
            cls = waiting.pop(0)
            if cls in told:
                continue
            told.add(cls)
            if cls is not kind.type:
                parts.append(f"### {_title(cls)}\n\n{summary(cls)}\n")
            parts.append("\n".join(_table(cls)) + "\n")
            waiting += [inner for field in declaration(cls).fields for inner in _classes(field.shape)]
    return "\n".join(parts)


def _table(cls: type[object]) -> Iterator[str]:
    docs = field_docs(cls)
    yield "| key | must be there | takes | what it is |"
    yield "|---|---|---|---|"
    for field in declaration(cls).fields:
        if field.from_file:
            continue
        key = "*each key*" if field.entries or field.from_entry else f"`{field.key}`"
        must = "yes" if field.required and field.written else ""
        yield f"| {key} | {must} | {_takes(field.shape)} | {docs[field.name].replace('|', '/')} |"


def _takes(shape: Shape) -> str:
    match shape:
        case One(type=scalar):
            return describe(scalar)
        case Many(item=item):
            return f"a list: {_takes(item)}"
        case Keys(type=cls):
            return f"[{_title(cls).lower()}](#{_title(cls).lower().replace(' ', '-')})"
        case AnyOf(shapes=shapes):
            return "; or ".join(_takes(part) for part in shapes)


def _title(cls: type[object]) -> str:
    words = "".join(f" {c}" if c.isupper() else c for c in cls.__name__).split()
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def _classes(shape: Shape) -> Iterator[type[object]]:
    match shape:
        case One():
            return
        case Keys(type=cls):
            yield cls
        case Many(item=item):
            yield from _classes(item)
        case AnyOf(shapes=shapes):
            for part in shapes:
                yield from _classes(part)
