"""A handbook in which every text that an author may write means something to a parser, or is hard to lay out."""

import csv
import dataclasses
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from rolebook.editing.text.places import Places
from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import KINDS
from rolebook.publishing.reading import read_settings
from rolebook.publishing.settings import FILE, Settings
from rolebook.source import Text
from tests.site.publishing import run

ROOT = Path(__file__).parents[2]
LONG = "".join(islice(cycle("Überwachungsverantwortungsmatrix"), 300))
"""A word that fits on no line."""

TEXTS = {
    "script": "<script>window.pwned=1</script><img src=x onerror=window.pwned=2>",
    "end of a script": '</script></title></style><iframe src="javascript:top.pwned=3"></iframe>',
    "section": "a ]]> <![CDATA[ b --> <!-- c",
    "template": "{{ 7*7 }} {% raw %} {# x #} ${7*7} <%= 7 %>",
    "drawing": "</svg></text><foreignObject><body onload=window.pwned=4>",
    "quotes": "\"double\" 'single' `back` “curly” \\ end\" onmouseover=window.pwned=5 x='",
    "markup": "**bold** _it_ [a](javascript:window.pwned=6) <https://example.invalid> &amp; &lt;b&gt; {: #x } ## 1. x",
    "pictures": "😀 👩‍💻 🏳️‍🌈 漢字仮名交じり文",
    "long": LONG,
    "to the left": "שלום עולם (12) مرحبا بالعالم!",
}
"""A text of each class."""

ALL = " ".join((*(text for name, text in TEXTS.items() if name != "long"), LONG))
"""All of them in one: what stands first in each field, of which a handbook may have only one."""

NOTE, REASON = f"{ALL} note", f"{ALL} reason"
"""What releases say."""

_KINDS = (ALL, *TEXTS.values())

TERM = "window"
"""A word in many of the texts, which the glossary explains."""

NO_PROSE = frozenset({"Setting.check"})
"""Fields that take a line, and on it only what is known elsewhere: a code."""

ADDRESS = "https://handbook.example.org/it/"
"""Where its site lies."""

LEFT_OUT = {
    FILE: "site_author: Somebody\n",
    "process_defs/checks.yaml": "checks:\n  - check: RB205\n    severity: warning\n    reason: As everywhere.\n",
    "process_defs/improvements/live-scorecard.yaml": (
        "removes: report:weekly\nwaivers:\n  - of: duty\n    for: service-level-manager\n    reason: None.\n"
    ),
}
"""What the reference handbook does without, by the file that it belongs to."""


class Hostile(NamedTuple):
    """Where the handbook lies, and how many texts were written into each of its fields."""

    folder: Path
    written: Mapping[str, int]

    @property
    def site(self) -> Path:
        """Its site."""
        return self.folder / "site"

    @property
    def portable(self) -> Path:
        """Its portable files."""
        return self.folder / "portable"

    def handbook(self) -> Handbook:
        """What Rolebook reads there."""
        return load(self.folder, all_releases=True).handbook


@cache
def fields() -> frozenset[str]:
    """Every field of a handbook and of its settings that takes a text of the author's own; for releases, see `NOTE`."""
    types = (*(kind.type for kind in KINDS if not kind.past), Settings)
    return frozenset(name for cls in types for name in _declared(Keys(cls))) - NO_PROSE


def _declared(shape: Shape, name: str = "") -> Iterator[str]:
    match shape:
        case One(type=v.LINE | v.PROSE):
            yield name
        case Many(item=item):
            yield from _declared(item, name)
        case AnyOf(shapes=shapes):
            for one in shapes:
                yield from _declared(one, name)
        case Keys(type=cls):
            for field in declaration(cls).fields:
                yield from _declared(field.shape, f"{cls.__name__}.{field.name}")


def texts(value: Any, field: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of the author's own in a value of the model, with the field that it stands in."""
    if isinstance(value, Text):
        if field in fields() and not (field == "Improvement.removes" and value.startswith("activity:")):
            yield field, value  # what was taken out is named by its id, wherever it is named
    elif isinstance(value, (tuple, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from texts(one, field)
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            if part.compare:
                yield from texts(getattr(value, part.name), f"{type(value).__name__}.{part.name}")


def said(handbook: Handbook) -> tuple[Any, ...]:
    """All that a handbook says, its programme too."""
    return (
        *(handbook, handbook.questionnaires, handbook.assessments, handbook.targets, handbook.business_case),
        *(handbook.programme, handbook.steps, handbook.scorecard, handbook.momentum, handbook.communication),
    )


def make(folder: Path) -> Hostile:
    """Copy the reference handbook into `folder`, and put another text in place of each.

    It has a release, another one in which texts have changed, and something that is not released yet.
    """
    for part in ("process_defs", "raci"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("releases", "completions.csv"))
    settings = re.sub("^site_url: .*$", f"site_url: {ADDRESS}", (ROOT / FILE).read_text("utf-8"), flags=re.MULTILINE)
    (folder / FILE).write_text(settings, "utf-8")
    for name, more in LEFT_OUT.items():
        with (folder / name).open("a") as file:
            file.write(more)
    written: dict[str, int] = {}
    places: dict[str, list[tuple[Text, str]]] = {}
    drafts: dict[str, str] = {}
    for number, (field, text) in enumerate(texts((*said(load(folder).handbook), read_settings(folder).settings))):
        written[field] = written.get(field, 0) + 1
        new = f"{_KINDS[(written[field] - 1) % len(_KINDS)]} {number}"
        if field == "Draft.name":
            drafts[str(text)] = new
        if field == "Review.of":  # it names a draft of the same deliverable, which stands before it
            new = drafts[str(text)]
        places.setdefault(text.span.path, []).append((text, new))
    for path, changes in places.items():
        _write(folder / path, changes)
    _note(folder)
    _give_cause(folder)
    run(folder, "release", "1.0.0", "--date", "2026-11-22")
    _say_again(folder)
    _say_of_the_next(folder, NOTE)
    run(folder, "release", "1.1.0", "--date", "2026-11-22")
    _say_of_the_next(folder, f"{NOTE} again")
    with (folder / "process_defs/glossary.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: {TERM}-frame\n    name: {TERM} frame\n    means: {_quoted(ALL)}\n")
    return Hostile(folder, written)


def _note(folder: Path) -> None:
    """Have each table of measurements explain something."""
    for number, path in enumerate(sorted((folder / "process_defs/measurements").iterdir())):
        with path.open(encoding="utf-8", newline="") as file:
            head, first, *rows = csv.reader(file)
        first[3] = _KINDS[number % len(_KINDS)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, first, *rows])


def _say_again(folder: Path) -> None:
    """Change a text in every thing that has a page."""
    places: dict[str, list[tuple[Text, str]]] = {}
    for field, text in texts(load(folder).handbook):
        if field.endswith((".purpose", ".duty")) or field in ("Activity.name", "Process.name"):
            places.setdefault(text.span.path, []).append((text, f"{text} again"))
    for path, changes in places.items():
        _write(folder / path, changes)


def _say_of_the_next(folder: Path, note: str) -> None:
    """Have the next release say something, and why something changed."""
    reason = f"  - for: term:{TERM}\n    why: {_quoted(REASON)}\n"
    text = f"note: {_quoted(note)}\nreasons:\n{reason}"
    (folder / "process_defs/releases/next.yaml").write_text(text, encoding="utf-8")


def _give_cause(folder: Path) -> None:
    """Have scripts and checks find something: a term that texts use, and roles also called what others are called.

    A comment hides one of the two findings.
    """
    with (folder / "process_defs/glossary.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: {TERM}\n    name: {TERM}\n    means: {_quoted(ALL)}\n")
    roles = [role for role in load(folder).handbook.roles.values() if not role.aliases and len(role.name) < 40]
    for role, other, comment in zip(roles[:4:2], roles[1:4:2], ("", f" # rolebook: ignore RB103 - {ALL}"), strict=True):
        name = _quoted(other.name)
        with (folder / role.id.span.path).open("a", encoding="utf-8") as file:
            file.write(f"\naliases:\n  - {name}\n")
        path = folder / other.id.span.path
        path.write_text(path.read_text(encoding="utf-8").replace(name, name + comment, 1), encoding="utf-8")


def _write(path: Path, changes: list[tuple[Text, str]]) -> None:
    text = path.read_text(encoding="utf-8")
    places = Places(text)
    for old, new in sorted(changes, key=lambda change: change[0].span, reverse=True):
        start, end = places.stretch(old.span)
        text = text[:start] + _quoted(new) + "\n" * text[start:end].endswith("\n") + text[end:]
    path.write_text(text, encoding="utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
