"""What stands within a line of Markdown: words with their marks, and links whose targets know their places."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Union
from urllib.parse import urlsplit

from rolebook.source.passages import Place
from rolebook.source.quoting import quoted
from rolebook.source.span import Text
from rolebook.source.tree import Fault
from rolebook.value import value

Part = Union[str, "Element"]


@value()
class Element:
    """A part of a page by the name that it has in HTML, and what it holds.

    An `a` has a `target`: as written where it is the id of something, else a complete address. `ol` has a `start`.
    """

    tag: str
    children: tuple[Part, ...]
    target: Text | None = None
    start: int = 1


_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|<\?|<![A-Z]")
_ABROAD = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)
_ID = re.compile(r"[^\s/#.?:\\]+(?::[^\s#?:\\]*)?(?:/[^\s#?:\\.]+)*")
"""What may have been meant for the id of something, with its kind in front of it or without."""
_NO_ID = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FOREIGN = frozenset(
    {"http", "https", "mailto", "javascript", "vbscript", "data", "file", "ftp", "ftps", "tel", "sms", "ws", "wss"}
)
_MARKS = {"em": "em", "strong": "strong"}
_NO_LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]*:[^()]*\s[^()]*|[^()\s]*\s[^()]*:[^()]*)\)")
"""What looks like the target of a link, but has a blank in it."""
_MOST = 20
"""So many faults of a page are told one by one."""

Rule = Callable[[Any, bool], bool]
"""A rule of the library: reads what begins where a state stands, and says whether it knows it."""


def furnish(parser: Any) -> None:
    """Have the library say where links stand, and leave images and HTML to us."""
    from markdown_it.rules_inline import autolink, image, link

    parser.validateLink = lambda _: True  # every target is judged here, where its place is known
    rules = parser.inline.ruler
    rules.at("link", _placed(link, _target_of_link))
    rules.at("autolink", _placed(autolink, lambda state, start: (start + 1, state.pos - 1)))
    rules.at("image", _refusing(image))
    rules.after("autolink", "html", _html)


def _placed(rule: Rule, target: Callable[[Any, int], tuple[int, int]]) -> Rule:
    def placed(state: Any, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            opened = next(token for token in state.tokens[count:] if token.type == "link_open")
            opened.meta = {"target": target(state, start), "end": state.pos}
        return True

    return placed


def _target_of_link(state: Any, start: int) -> tuple[int, int]:
    """From where to where the target of the link that begins at `start` is written."""
    after = state.pos
    state.pos = start
    at = state.md.helpers.parseLinkLabel(state, start, True) + 2
    state.pos = after
    while state.src[at] in " \t\n":
        at += 1
    end = state.md.helpers.parseLinkDestination(state.src, at, state.posMax).pos
    return (at + 1, end - 1) if state.src[at : at + 1] == "<" else (at, end)


def _refusing(rule: Rule) -> Rule:
    def refusing(state: Any, silent: bool) -> bool:
        start = state.pos
        if not rule(state, True):
            return False
        if not silent:
            _refuse(state, start, state.pos, "image")
        return True

    return refusing


def _html(state: Any, silent: bool) -> bool:
    found = _TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None:
        return False
    state.pos = found.end()
    if not silent:
        _refuse(state, *found.span(), "html")
    return True


def _refuse(state: Any, start: int, end: int, what: str) -> None:
    token = state.push("refused", "", 0)
    token.content = state.src[start:end]
    token.meta = {"what": what, "start": start, "end": end}


class Inline:
    """Reads the lines of one file, and gathers what is found in them."""

    def __init__(self) -> None:
        self.targets: list[Text] = []
        self.prose: list[Text] = []
        self.faults: list[Fault] = []

    def read(self, tokens: Sequence[Any], place: Place) -> tuple[Part, ...]:
        """The parts of the text at `place`, from what the library says comes after what."""
        open_: list[tuple[str, Text | None, list[Part]]] = [("", None, [])]
        cuts: list[tuple[int, int]] = []
        for token in tokens:
            if token.nesting == 1:
                target = self._target(token, place) if token.type == "link_open" else None
                if token.type == "link_open":
                    cuts.append((token.meta["target"][0], token.meta["end"]))
                tag = "a" if target else _MARKS.get(token.type.removesuffix("_open"), "")
                open_.append((tag, target, []))
            elif token.nesting == -1:
                tag, target, parts = open_.pop()
                open_[-1][2].extend([Element(tag, _joined(parts), target)] if tag else parts)
            else:
                open_[-1][2].append(self._leaf(token, place))
        self.prose.extend(_between(place, cuts))
        return _joined(open_[0][2])

    def _leaf(self, token: Any, place: Place) -> Part:
        kind, content = str(token.type), str(token.content)
        if len(self.faults) >= _MOST:
            pass
        elif kind == "refused":
            self._refused(token, place)
        elif kind == "text":
            self._look_for_links(content, place)
        if kind == "softbreak":
            return " "
        if kind == "hardbreak":
            return Element("br", ())
        if kind == "code_inline":
            return Element("code", (content,))
        return content

    def _refused(self, token: Any, place: Place) -> None:
        span = place.span(token.meta["start"], token.meta["end"])
        if token.meta["what"] == "image":
            help = "Take it out: a page holds text, lists and tables."
            self._note(Fault("refused-markdown", span, "a page shows no images", help))
            return
        message = f"{quoted(token.content)} is HTML, which a page does not know"
        help = f"Take it out, or write {quoted(chr(92) + token.content)} to have it shown as it stands."
        self._note(Fault("refused-markdown", span, message, help))

    def _look_for_links(self, content: str, place: Place) -> None:
        for found in _NO_LINK.finditer(content):
            start = place.text.find(found[0]) + found[0].index("](") + 2
            message = f"{quoted(found[1])} makes no link: a blank stands in it"
            help = "Write what a link leads to without blanks: '[words](role:id)'."
            self._note(Fault("refused-markdown", place.span(start, start + len(found[1])), message, help))

    def _target(self, token: Any, place: Place) -> Text | None:
        """The target of a link; None where none can lead there, so that only its words stay."""
        written = place.words(*token.meta["target"])
        address = token.attrs["href"]
        is_complete = token.info == "auto" or _ABROAD.fullmatch(written)
        if is_complete and _ABROAD.fullmatch(address) and _has_host(address):
            return Text(address, written.span)
        scheme = written.partition(":")[0].lower()
        if token.info != "auto" and _ID.fullmatch(written) and scheme not in _FOREIGN:
            self.targets.append(written)
            return written
        self._note(_nowhere(written, place, token))
        return None

    def _note(self, fault: Fault) -> None:
        if len(self.faults) < _MOST:
            self.faults.append(fault)


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with the words between two marks in one piece."""
    found: list[Part] = []
    for is_words, run in groupby(parts, lambda part: isinstance(part, str)):
        pieces = list(run)
        found += [*filter(None, ["".join(map(str, pieces))])] if is_words else pieces
    return tuple(found)


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname if parts.scheme.lower().startswith("http") else parts.path)
    except ValueError:
        return False


def _nowhere(written: Text, place: Place, token: Any) -> Fault:
    start, end = token.meta["target"]
    span = written.span if end > start else place.span(max(start - 2, 0), token.meta["end"])
    message = f"{quoted(written)} is no address that a page can link to" if written else "a link leads nowhere"
    if _ABROAD.match(written) or written.startswith("www."):
        help = "Write the complete address, such as 'https://example.org/page', without blanks."
    elif _NO_ID.match(written):
        help = "A page links to 'https://…' and 'mailto:…', and to what the handbook holds: 'role:…', 'process:…'."
    else:
        help = "Name what is meant by its kind and its id, such as 'role:service-desk-analyst' or 'page:welcome'."
    return Fault("refused-markdown", span, message, help)


def _between(place: Place, cuts: Sequence[tuple[int, int]]) -> Iterator[Text]:
    """The text at a place without the targets of its links."""
    start = 0
    for first, last in [*sorted(cuts), (len(place.text), len(place.text))]:
        if place.text[start:first].strip():
            yield place.passage(start, first)
        start = max(start, last)
