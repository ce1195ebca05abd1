"""Changes and effects in sentences for a page: in the language of the handbook, with links to what there is today."""

import re
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from rolebook.comparing import Change, Comparison, Subject
from rolebook.comparing.effect import Effect, Told
from rolebook.comparing.manner import Manner
from rolebook.comparing.wording import Wording
from rolebook.model.catalogue import called_now, of_kind
from rolebook.model.handbook import Handbook
from rolebook.model.nouns import NOUNS
from rolebook.pages.linking import Linker
from rolebook.rendering import Writing, anchor

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHE = frozenset({"role", "job", "improvement"})
"""The kinds that “it” may stand for: in other languages it needs a gender, which is that of a role."""
_DECIMAL = re.compile(r"\d+\.\d+")


class Telling:
    """Tells the changes of one comparison on one page; without `links` as mere words, as a title or label needs it."""

    def __init__(self, comparison: Comparison, link: Linker, *, links: bool = True) -> None:
        self._link = link
        self._wording = Wording(comparison, _OnPage(link, links))

    def change(self, change: Change) -> Markup:
        """A change in a sentence that begins with a capital letter, and has no full stop.

        It stands where it is clear what the change is about.
        """
        is_it = change.about.kind in _SHE or " of {thing}" in change.kind.value
        of_itself = change.thing == change.about and is_it
        return _begun(self._wording.sentence(change, of_itself=of_itself))

    def effect(self, told: Told) -> Markup:
        """An effect in a sentence that goes on behind the name of the role or job: `is accountable for …`."""
        return escape(self._wording.effect(told))

    def described(self, told: Told) -> Markup:
        """An effect; where its place says already that it is about the description, what changed there."""
        if told.change and told.effect in (Effect.OWN, Effect.OWN_REWORDED):
            return escape(self._wording.sentence(told.change, of_itself=True))
        return self.effect(told)

    def heading(self, subject: Subject) -> Markup:
        """What changes are told about, as it stands above them and without a link."""
        noun = self.noun(subject)
        return escape(subject.name) if noun else _begun(self._link.links.look.say(subject.name))

    def noun(self, subject: Subject) -> str:
        """The kind of something in a word; "" for what there is only one of."""
        noun = NOUNS.get(subject.kind, "")
        return noun and self._link.links.look.say(noun)

    def name(self, subject: Subject) -> Markup:
        """The name of what changed, or is concerned."""
        return escape(self._wording.name((subject.kind,), subject.reference))

    def people(self, references: tuple[str, ...]) -> Markup:
        """The names of roles and parties outside, the first of them at least."""
        return escape(self._wording.people(references))


def today(handbook: Handbook, kind: str, reference: str) -> str:
    """The reference by which something of an earlier version is found in the handbook; "" where it is in it no more."""
    if reference in of_kind(handbook, kind):
        found = reference
    else:
        now = called_now(handbook, kind, reference)
        found = now.reference if now else ""
    is_shown = kind != "area" or any(process.area == found for process in handbook.processes.values())
    return found if is_shown else ""


def named(link: Linker, kind: str, reference: str) -> Markup:
    """Something of an earlier version by its name of today, as a link; by its id where there is no such thing now."""
    now = today(link.handbook, kind, reference)
    return link(kind, now) if now else escape(reference or link.links.look.say(f"the {kind}"))


class _OnPage(Manner):
    """The manner of pages: HTML, in which every name leads to what it names."""

    longest = 240

    def __init__(self, link: Linker, links: bool) -> None:
        self._link = link
        self._links = links
        self._writing = Writing(link.links.look.speech)

    def say(self, words: str) -> str:
        return self._link.links.look.say(words)

    def fill(self, words: str, **pieces: str) -> str:
        return escape(self.say(words)).format(**pieces)

    def quoted(self, text: str) -> str:
        text = self.fill("“{name}”", name=self._cut(text))
        return Markup('<span class="said">%s</span>') % text if self._links else text

    def shown(self, text: str) -> str:
        if _DAY.fullmatch(text):
            return self._writing.day(date.fromisoformat(text))
        return escape(self._writing.number(Decimal(text)) if _DECIMAL.fullmatch(text) else self._cut(text))

    def _cut(self, text: str) -> str:
        return text if len(text) <= self.longest else f"{text[: self.longest]}…"

    def named(self, kind: str, reference: str, name: str) -> str:
        return self._linked(kind, reference, name) or self.quoted(name)

    def person(self, kind: str, reference: str, name: str) -> str:
        return self._linked(kind, reference, name) or self.shown(name)

    def _linked(self, kind: str, reference: str, name: str) -> Markup | None:
        now = today(self._link.handbook, kind, reference) if self._links and kind else ""
        return anchor(self._link.href(kind, now), name) if now else None


def _begun(sentence: str) -> Markup:
    html = escape(sentence)
    return html[:1].upper() + html[1:]
