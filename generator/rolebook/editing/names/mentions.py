"""Where texts and comments of a handbook still say what something was called before."""

import re
from collections.abc import Iterable, Iterator, Mapping

from rolebook.editing.names.plan import Former
from rolebook.editing.text.places import Places
from rolebook.model.catalogue import things
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import MEASUREMENTS, PAGE
from rolebook.source import Span, Text
from rolebook.source.comments import comments
from rolebook.source.decode import CSV, MARKDOWN, YAML, decode, lines_of
from rolebook.value import value

_GAP = r"(?:-|\s+(?:#\s*)?)"
"""What may stand between two words of a name, also where a line ends."""
_LANGUAGES = {".yaml": YAML, PAGE.ending: MARKDOWN, MEASUREMENTS.ending: CSV}
"""What files with texts are written in, by their ending."""


@value()
class Mention:
    """A place where something is still called as before: by its id (`is_id`) or by a name; and the line it is on."""

    span: Span
    line: str
    is_id: bool


def mentions(handbook: Handbook, files: Mapping[str, bytes], former: Former) -> tuple[Mention, ...]:
    """Where the texts and comments of these files say what is `former`, in the order of the files."""
    prose: dict[str, list[Text]] = {}
    for words in handbook.texts:
        prose.setdefault(words.span.path, []).append(words)
    declared = frozenset(_declared(handbook))
    looked_for = _Looked(former, [name for role in handbook.roles.values() for name in (role.name, *role.aliases)])
    found: list[Mention] = []
    for path in sorted(files.keys() - {former.own}):
        language = _LANGUAGES.get(path[path.rfind(".") :])
        if language is None:
            continue
        text, fault = decode(path, files[path], language)
        if fault is None and looked_for.in_short(text):
            said = [*prose.get(path, ()), *(comments(path, lines_of(text), "#") if language is YAML else ())]
            spans = [one.span for one in said if one.span not in declared]
            found += _within(path, text, spans, looked_for)
    return tuple(found)


def _declared(handbook: Handbook) -> Iterator[Span]:
    """Where names and former ids are written down, which is no mention."""
    for thing in things(handbook):
        for words in (thing.name, *thing.also, *thing.formerly):
            if isinstance(words, Text):
                yield words.span


class _Looked:
    """What is looked for: ids as they stand, and names in any case, which no longer name of another role may hold."""

    def __init__(self, former: Former, names: Iterable[str]) -> None:
        ids = [re.escape(words) for words in former.as_said()]
        own = [_pattern(name) for name in former.names]
        longer = {
            _pattern(name) for name in names if name not in former.names and any(_holds(name, n) for n in former.names)
        }
        self._ids = re.compile(rf"(?<![\w-])(?:{'|'.join(ids)})(?![\w-])") if ids else None
        pieces = [*(f"(?:{one})" for one in sorted(longer, key=len, reverse=True)), f"(?P<own>{'|'.join(own)})"]
        self._names = re.compile(rf"(?<![\w-])(?:{'|'.join(pieces)})(?![\w-])") if own else None

    def in_short(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        return any(True for _ in self.matches(text))

    def matches(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """The offsets of beginnings and ends, and whether it is an id."""
        seen: set[int] = set()
        for match in self._ids.finditer(text) if self._ids else ():
            seen.add(match.start())
            yield match.start(), match.end(), True
        for match in self._names.finditer(text) if self._names else ():
            if match["own"] and match.start() not in seen:
                yield match.start(), match.end(), False


def _pattern(name: str) -> str:
    words = _GAP.join(map(re.escape, re.findall(r"\w+", name)))
    return f"{words}s?" if name.isupper() else f"(?i:{words}s?)"


def _holds(name: str, part: str) -> bool:
    words, wanted = (" ".join(re.findall(r"\w+", text.casefold())) for text in (name, part))
    return f" {wanted} " in f" {words} " and words != wanted


def _within(path: str, text: str, spans: Iterable[Span], looked_for: _Looked) -> Iterator[Mention]:
    places, lines = Places(text), lines_of(text)
    stretches = [places.stretch(span) for span in spans]
    for start, end, is_id in sorted(looked_for.matches(text)):
        if any(first <= start < last for first, last in stretches):
            line = len(lines_of(text[:start]))
            column = start - places.offset(line, 1) + 1
            span = Span(path, line, column, line, min(column + end - start, len(lines[line - 1]) + 1))
            yield Mention(span, lines[line - 1], is_id)
