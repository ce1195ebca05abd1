"""What checking the handbook found in this very edition, and what comments in it hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from rolebook import resources
from rolebook.diagnostic import Diagnostic, Rule
from rolebook.model.handbook import Handbook
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import FINDINGS, INDEX_HEADINGS
from rolebook.rendering import Links
from rolebook.reporting import Suppressed, visible

_CODE_OR_LINK = re.compile(r"`([^`\n]+)`|\[([^\]\n]+)\]\([^)\n]+\)")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, with the reason where a comment hides it."""

    diagnostic: Diagnostic
    message: str
    help: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FindingsView:
    """What counts, what is hidden, and the rules that all of it breaks; None where nothing was checked."""

    was_checked: bool
    counting: tuple[Told, ...]
    suppressed: tuple[Told, ...]
    rules: tuple[Rule, ...]


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The one page of findings."""
    view = _view(checked)
    yield compose(
        handbook,
        links,
        FINDINGS,
        "findings",
        view,
        _parts(view),
        title=INDEX_HEADINGS[FINDINGS],
        description="What checking this handbook found, where, and what is passed over for which reason.",
        source=None,
    )


def _parts(view: FindingsView) -> Iterator[Part]:
    yield Part("section_counting", "What was found")
    yield Part("section_suppressed", "What is passed over")
    yield Part("section_rules", "What the codes mean")
    for rule in view.rules:
        about = {"rule": rule, "why": _explained(rule, "Why"), "fix": _explained(rule, "Fix")}
        yield Part("rule", f"{rule.code} {rule.name}", id=rule.code.lower(), level=3, about=about)


def _view(checked: Checked | None) -> FindingsView:
    if checked is None:
        return FindingsView(was_checked=False, counting=(), suppressed=(), rules=())
    counting = tuple(map(_told, checked.findings))
    suppressed = tuple(map(_hidden, checked.suppressed))
    rules = {told.diagnostic.rule.code: told.diagnostic.rule for told in (*counting, *suppressed)}
    return FindingsView(True, counting, suppressed, tuple(rules[code] for code in sorted(rules)))


def _told(diagnostic: Diagnostic) -> Told:
    return Told(diagnostic, _capital(diagnostic.finding.message), visible(diagnostic.finding.help))


def _hidden(one: Suppressed) -> Told:
    finding = one.diagnostic.finding
    return Told(one.diagnostic, _capital(finding.message), visible(finding.help), visible(one.reason))


def _capital(message: str) -> str:
    """A message as a sentence begins; a name in quotation marks stays as it is."""
    return visible(message[:1].upper() + message[1:])


def _explained(rule: Rule, heading: str) -> Markup:
    """What the page of a check says in prose under a heading; its links, which lead to other such pages, as text."""
    page = (resources.check_pages() / f"{rule.code}.md").read_text(encoding="utf-8")
    _, _, behind = page.partition(f"\n## {heading}\n")
    paragraphs = behind.partition("\n## ")[0].strip().split("\n\n")
    return Markup("\n").join(Markup("<p>%s</p>") % _inline(text) for text in paragraphs if _is_prose(text))


def _is_prose(paragraph: str) -> bool:
    return bool(paragraph) and not paragraph.startswith(("```", "|", "- ", "* ", "1. "))


def _inline(text: str) -> Markup:
    """Code and links, the only marks in the prose of those pages."""
    html, end = Markup(), 0
    for found in _CODE_OR_LINK.finditer(text):
        shown = Markup("<code>%s</code>") % found[1] if found[1] else _inline(found[2])
        html, end = html + text[end : found.start()] + shown, found.end()
    return html + text[end:]
