"""The site in German: no word of ours is left in English, and every word of an author stays as it was written."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rolebook.publishing.banner import banner, substitute
from rolebook.publishing.edition import Edition
from rolebook.rendering import Look
from rolebook.source import Mapping, Node, Scalar, Sequence, read
from tests.conftest import TODAY, Result

Rolebook = Callable[..., Result]

SHOWN = ("title", "alt", "aria-label", "placeholder", "data-label", "data-none", "data-md-title")
"""Attributes that somebody sees or hears."""

SAME = {"Budget", "Name", "Navigation", "Organisation", "Plan", "Standard", "Trainer", "Version"}
SAME |= {"April", "August", "September", "November"}
SAME |= {"Phase", "Q", "in", "R", "A", "C", "I", "h", "min"}
"""Words that are the same in both languages, months, letters of the matrix, and units."""

_ENGLISH = re.compile(
    r"\b(?:about|after|again|all|and|any|are|as|at|before|both|by|comes|does|done|each|every|everybody|everything|for|from"
    r"|has|have|how|is|it|its|me|my|no|nobody|none|not|nothing|of|on|once|only|or|other|others|over|own|owns|page|pages"
    r"|role|roles|that|the|their|them|these|they|this|those|through|to|together|what|when|where|which|who|whom|whose"
    r"|with|within|without|you|your)\b"
)
"""Words of which most English sentences have one, and no German ones."""

_CUT = re.compile(r"(.{20,})…(?: \()?$")
"""The beginning of what somebody wrote, which a pack gives where it has told the whole before."""

_QUOTED = re.compile(r"„(?:… ?)?([^„“…]{8,}?) ?…?(?:“|$)")
"""What somebody wrote, between quotation marks; of what is long, a part."""

_WORD = re.compile(r"[^\W\d_]+")
_BEHIND = re.compile(r" → (?:[\d +]+|Ende)$|…$")
_FILE = re.compile(r"[\w/-]+\.yaml(:\d+)?")


class _Reader(HTMLParser):
    """Gathers what a page says: in its text, in attributes, and to search engines; what drawings say, apart."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[str] = []
        self.texts: list[str] = []
        self.drawn: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in ("script", "style", "svg") or found.get("class") == "said":
            self.within.append(tag)
        if tag == "meta" and found.get("name") == "description":
            self.texts.append(found["content"] or "")
        self.texts += [value for name in SHOWN if (value := found.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self.within and tag == self.within[-1]:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.texts.append(data)
        elif self.within[-1] == "svg":  # and what an author wrote once, cut where it is long, is left alone
            self.drawn.append(data)


def said(page: Path) -> tuple[set[str], set[str]]:
    """All texts of a page, each on one line, and those in its drawings."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return {" ".join(text.split()) for text in reader.texts}, {" ".join(text.split()) for text in reader.drawn}


def written(node: Node | None) -> Iterator[str]:
    """Every value in a file of an author."""
    match node:
        case Scalar(text):
            yield text
        case Mapping(entries):
            for _, value in entries:
                yield from written(value)
        case Sequence(items):
            for item in items:
                yield from written(item)


class Authors:
    """What the authors of a handbook wrote: values with their paragraphs and first sentences, and ids as words."""

    def __init__(self, handbook: Path) -> None:
        values: set[str] = set()
        for path in (
            *handbook.glob("mkdocs.yml"),
            *handbook.glob("process_defs/**/*.*"),
            *handbook.glob("raci/**/*.*"),
        ):
            for value in _written_in(path):
                values |= {" ".join(part.split()) for part in (value, *re.split(r"\n\s*\n", value))}
                values |= {re.split(r"(?<=[.!?])\s", value, maxsplit=1)[0], value.rpartition("/")[2].replace("-", " ")}
        longest_first = sorted(values - {""}, key=len, reverse=True)
        self._left = dict.fromkeys(values, "")
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        self._all = "\n".join(longest_first)

    def left(self, text: str) -> str:
        """What stays of a text when all that authors wrote is taken out of it, and names of files."""
        if text not in self._left:
            cut = _CUT.match(text)
            whole = _QUOTED.sub(lambda part: "" if part[1] in self._all else part[0], text)
            self._left[text] = "" if cut and cut[1] in self._all else self._any.sub(" ", _FILE.sub(" ", whole))
        return self._left[text]

    def drawn(self, text: str) -> bool:
        """Whether a text is a line of what stands on several in a drawing, perhaps with where that leads to."""
        line = _BEHIND.sub("", text)
        return any(
            all(f" {part}" in self._all or f"{part} " in self._all for part in way)
            for way in ([line], line.split(", "))
        )


def _written_in(path: Path) -> Iterator[str]:
    if path.suffix == ".json":
        for line in path.read_text("utf-8").splitlines():
            yield from _strings(json.loads(line))
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            yield from (cell for row in csv.reader(file) for cell in row)
    elif path.suffix == ".md":
        yield from (line.lstrip("# ") for line in path.read_text("utf-8").splitlines())
    else:
        yield from written(read(path.name, path.read_bytes()).root)


def _strings(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(one)


def in_english(german: Path, english: Path, authors: Authors) -> dict[str, list[str]]:
    """By page, the texts of a German site that are ours and in English: as on the English page, or in a part."""
    found: dict[str, list[str]] = {}
    for path in german.rglob("*.html"):
        page = path.relative_to(german).as_posix()
        (texts, drawn), (theirs, theirs_drawn) = said(path), said(english / page)
        ours = {text for text in texts | drawn if _in_part(text, authors)}
        ours |= {
            text for text in (texts & theirs) | (drawn & theirs_drawn) if {*_WORD.findall(authors.left(text))} - SAME
        }
        if ours := ours - {text for text in drawn if authors.drawn(text)}:
            found[page] = sorted(ours)
    return found


def _in_part(text: str, authors: Authors) -> bool:
    return bool(_ENGLISH.search(text) and _ENGLISH.search(authors.left(text)))


WRITTEN = "# Leitfaden\n\nLies dies zuerst.\n"


@pytest.fixture
def build(rolebook: Rolebook) -> Callable[..., Path]:
    """Build a handbook in a language, perhaps with words of its own, and give the folder of the site."""

    def run(handbook: Path, language: str, own: str = "", *, portable: bool = False) -> Path:
        theme = f"theme: {{name: material, language: {language}}}"
        (handbook / "mkdocs.yml").write_text(f"site_name: Sample\n{theme}\n", encoding="utf-8")
        folder = handbook / "site_templates/languages"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{language}.yaml").write_text(f"words:\n  Never said: Nie gesagt\n{own}", encoding="utf-8")
        site = handbook.parent / f"site-{language}"
        options = ("--today", TODAY, "--trust-config", *(["--portable"] if portable else []))
        result = rolebook("--directory", handbook, "build", *options, "--output", site)
        assert result.code == 0, result.err
        return site

    return run


@pytest.mark.parametrize("handbook", ["given", "reference"])
def test_all_words_of_ours_are_german(
    handbook: str, request: pytest.FixtureRequest, build: Callable[..., Path]
) -> None:
    folder = request.getfixturevalue(handbook)
    pages = folder / "process_defs/pages"
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir()
    (pages / "erstes.md").write_text(WRITTEN, encoding="utf-8")
    german, english = build(folder, "de"), build(folder, "en")
    assert len(list(german.rglob("*.html"))) > 20
    (german / "control/findings.html").unlink()  # what checks find is told in English
    assert in_english(german, english, Authors(folder)) == {}


PLANTED = """\
  Owner: Owner
  Permanent link: Permanent link
  "Modules of %(plan)s by role": "Module of %(plan)s by role"
  Next review: Nächste Überprüfung, at the latest
"""


def test_what_is_not_german_is_found(given: Path, build: Callable[..., Path]) -> None:
    german = build(given, "de", PLANTED)
    found = in_english(german, build(given, "en"), Authors(given))
    assert "Owner" in found["control/index.html"]
    assert "Nächste Überprüfung, at the latest" in found["control/index.html"]
    assert "Permanent link" in found["roles/agent.html"]
    assert "Module of Changes by role" in found["training-matrix.html"]


def test_findings_have_english_messages_in_a_german_table(given: Path, build: Callable[..., Path]) -> None:
    process = given / "process_defs/processes/change.yaml"
    lines = process.read_text("utf-8").splitlines(keepends=True)
    process.write_text("".join(line for line in lines if not line.startswith("approval:")), encoding="utf-8")
    texts, _ = said(build(given, "de") / "control/findings.html")
    assert {"1 Befund ist zu beheben:", "Befund", "Prüfung", "Warnung"} <= texts
    assert any("approved" in text for text in texts)


def test_the_file_for_language_models_is_german_but_for_its_form(given: Path, build: Callable[..., Path]) -> None:
    text = (build(given, "de") / "llms.txt").read_text("utf-8")
    assert "> Das Prozesshandbuch von " in text
    assert text.index("## Überblick\n") < text.index("## Prozesse\n") < text.index("## Optional\n")
    assert not _ENGLISH.search(Authors(given).left(text.partition("## ")[0]))


def test_errors_are_told_in_german_while_serving() -> None:
    wrong = Edition(report="process_defs/x.yaml:1:1: error", errors=2, look=Look("de"))
    assert "Das Handbuch hat 2 Fehler." in banner(wrong, Look("de"))
    assert "Das Handbuch hat einen Fehler." in banner(replace(wrong, errors=1), Look("de"))
    page = substitute(wrong).pages[0]
    assert (page.title, substitute(wrong).chapters[0].title) == ("Das Handbuch hat 2 Fehler.", "Befunde")
    assert "Beheben Sie" in page.lead


def test_portable_files_name_the_sign_beside_headings(given: Path, build: Callable[..., Path]) -> None:
    settings = build(given, "de", portable=True) / "mkdocs.yml"
    assert "Link zu dieser Stelle" in settings.read_text("utf-8")
    assert "permalink_title" not in (build(given, "en", portable=True) / "mkdocs.yml").read_text("utf-8")
