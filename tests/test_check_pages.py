r"""The page of each check is its test: what its examples mark is reported, and nothing else.

Under *Incorrect* and *Correct*, the fenced blocks below one heading are one example. Each lies over the small clean
handbook in `docs/checks/given`: its top-level keys take the place of those of the file that its `title` names. RACI
matrices, pages in Markdown, new files and blocks with `data-whole="yes"` are the file as they stand.

A block with `data-released="1.0.0"` is the file as it stood in that release, which is made before the others are laid
over the given handbook.

`# error: RB202` at the end of a line says what is reported there; where no comment can stand, `data-expect="RB001:3"`
in the head of the block does. A page runs its own check and families 0 and 1. The odd cases in `tests/cases` run all
checks; there `data-bytes="yes"` makes `\x00` a byte, and `data-absent="yes"` takes a file away.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from rolebook.checks import CHECKS, all_findings
from rolebook.checks.index import index
from rolebook.cli.main import main
from rolebook.diagnostic import READING, Diagnostic, Edit, Rule
from rolebook.loading.loader import load

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "checks"
GIVEN = PAGES / "given"
TODAY = date(2026, 6, 30)
RELEASED = "2026-06-01"
RULES: dict[str, Rule] = {rule.code: rule for rule in (*READING.values(), *(check.rule for check in CHECKS))}
HEADINGS = ["Why", "Incorrect", "Correct", "Fix", "When to ignore it"]

_FENCE = re.compile(r"```(?:yaml|json|markdown|csv|\{ \.(?:yaml|json|markdown|csv)) (?P<options>.+?)(?: \})?")
_OPTION = re.compile(r'([a-z-]+)="([^"]*)"')
_MARK = re.compile(r"# (error|warning): (RB\d{3}(?:, RB\d{3})*)")
_BYTE = re.compile(rb"\\x([0-9a-f]{2})")
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)

Expectation = tuple[str, int, str, str]
"""File, line, severity, code."""


@dataclass
class Block:
    """A fenced block: a file, or part of one."""

    options: dict[str, str]
    lines: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.options["title"]

    def expected(self) -> Iterator[Expectation]:
        for number, line in enumerate(self.lines, 1):
            for severity, codes in _MARK.findall(line):
                for code in codes.split(", "):
                    yield self.path, number, severity, code
        for expectation in self.options.get("data-expect", "").split():
            code, _, place = expectation.partition(":")
            yield self.path, int(place), RULES[code].severity, code

    def content(self) -> bytes:
        """The file that it stands for."""
        text = "\n".join((*self.lines, ""))
        if "data-bytes" in self.options:
            return _BYTE.sub(lambda found: bytes([int(found[1], 16)]), text.encode())
        given = GIVEN / self.path
        if given.is_file() and "data-whole" not in self.options and not self.path.startswith("raci/matrices/"):
            text += "".join(_without(given.read_text(encoding="utf-8"), set(_KEY.findall(text))))
        return text.encode()

    def put(self, handbook: Path) -> None:
        file = handbook / self.path
        if "data-absent" in self.options:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.content())


def _without(text: str, keys: set[str]) -> Iterator[str]:
    """The lines of a file without those below some of its top-level keys."""
    kept = True
    for line in text.splitlines(keepends=True):
        if found := _KEY.match(line):
            kept = found[1] not in keys
        if kept:
            yield line


@dataclass
class Case:
    """The blocks under one heading."""

    page: Path
    section: str
    name: str
    blocks: list[Block] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.page.stem}-{self.section}-{self.name}".strip("-").replace(" ", "-")

    @property
    def codes(self) -> set[str]:
        """The codes that count: those of the page and of families 0 and 1, or all for an odd case."""
        if self.page.parent != PAGES:
            return set(RULES)
        return {self.page.stem} | {code for code in RULES if code < "RB200"}

    def expected(self) -> Counter[Expectation]:
        return Counter(expectation for block in self.blocks for expectation in block.expected())

    def write(self, handbook: Path) -> None:
        """Lay the case over the given handbook."""
        for file in GIVEN.rglob("*.yaml"):
            target = handbook / file.relative_to(GIVEN)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        for released, blocks in groupby(self.blocks, lambda block: block.options.get("data-released", "")):
            for block in blocks:
                block.put(handbook)
            if released:
                assert main(["-C", str(handbook), "release", released, "--date", RELEASED]) == 0


def _cases(page: Path) -> Iterator[Case]:
    case = Case(page, "", "")
    block: Block | None = None
    for line in page.read_text(encoding="utf-8").splitlines():
        if block is not None:
            if line.startswith("```"):
                case.blocks.append(block)
                block = None
            else:
                block.lines.append(line)
        elif line.startswith(("## ", "### ")):
            if case.blocks:
                yield case
            level, _, title = line.partition(" ")
            case = Case(page, title, "") if level == "##" else Case(page, case.section, title)
        elif found := _FENCE.fullmatch(line):
            block = Block(dict(_OPTION.findall(found["options"])))
    if case.blocks:
        yield case


PAGE_FILES = sorted(PAGES.glob("RB*.md"))
CASES = [case for page in (*PAGE_FILES, *sorted((ROOT / "tests" / "cases").glob("*.md"))) for case in _cases(page)]
each_case = pytest.mark.parametrize("case", CASES, ids=str)
each_page = pytest.mark.parametrize("page", PAGE_FILES, ids=lambda page: page.stem)


def _reported(handbook: Path, codes: set[str]) -> list[Diagnostic]:
    loaded = load(handbook)
    everything = all_findings(loaded, TODAY)
    return [diagnostic for diagnostic in everything if diagnostic.rule.code in codes]


def _shown(diagnostic: Diagnostic) -> Expectation:
    span = diagnostic.span
    return span.path, span.line, diagnostic.rule.severity.value, diagnostic.rule.code


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(RULES) == [page.stem for page in PAGE_FILES]


def test_the_index_is_made_from_the_rules() -> None:
    page = PAGES / "README.md"
    if os.environ.get("ROLEBOOK_BLESS"):
        page.write_text(index(), encoding="utf-8", newline="\n")
    assert page.read_text(encoding="utf-8") == index(), (
        "look at the difference, then accept it with: ROLEBOOK_BLESS=1 pytest tests/test_check_pages.py"
    )


def test_the_given_handbook_is_clean() -> None:
    assert not _reported(GIVEN, set(RULES))


@each_page
def test_a_page_says_what_its_rule_says(page: Path) -> None:
    rule = RULES[page.stem]
    title, _, summary, *_ = page.read_text(encoding="utf-8").splitlines()
    assert title == f"# {rule.code} {rule.name}"
    assert summary == rule.summary


@each_page
def test_a_page_has_all_headings_in_order(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


@each_page
def test_a_page_shows_both_what_is_wrong_and_what_is_right(page: Path) -> None:
    sections = {case.section: case.expected() for case in _cases(page)}
    assert sections.keys() == {"Incorrect", "Correct"}


@each_case
def test_what_is_marked_is_reported_and_nothing_else(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    reported = _reported(tmp_path, case.codes)
    found = Counter(map(_shown, reported))
    expected = case.expected()
    listing = "\n".join(f"{_shown(diagnostic)}: {diagnostic.finding.message}" for diagnostic in reported)
    assert found == expected, f"missing {expected - found}, unexpected {found - expected}; reported:\n{listing}"
    if case.section == "Incorrect":
        assert case.page.stem in {code for *_, code in expected}
    if case.section == "Correct":
        assert not expected


@each_case
def test_a_fix_removes_what_it_is_for(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    before = Counter(map(_told, _reported(tmp_path, case.codes)))
    for number, diagnostic in enumerate(_reported(tmp_path, case.codes)):
        if diagnostic.finding.fix:
            mended = tmp_path / f"mended-{number}"
            case.write(mended)
            for edit in diagnostic.finding.fix.edits:
                _apply(mended, edit)
            after = Counter(map(_told, _reported(mended, case.codes)))
            assert after[_told(diagnostic)] < before[_told(diagnostic)]
            assert not [told for told in after - before if told[0][3] < "RB100"]


def _told(diagnostic: Diagnostic) -> tuple[Expectation, str]:
    return _shown(diagnostic), diagnostic.finding.message


def _apply(handbook: Path, edit: Edit) -> None:
    span = edit.span
    assert span.line == span.end_line
    file = handbook / span.path
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + edit.text + line[span.end_column - 1 :]
    file.write_text("".join(lines), encoding="utf-8")


@each_case
def test_messages_are_written_as_they_should_be(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    for diagnostic in _reported(tmp_path, case.codes):
        finding = diagnostic.finding
        assert not re.match(r"[A-Z][a-z]", finding.message)
        assert not finding.message.endswith(".")
        assert str(tmp_path) not in finding.message + finding.help
        if diagnostic.rule.code > "RB100":
            assert re.fullmatch(r"[A-Z].*\.", finding.help), finding.help
        for related in finding.related:
            assert related.span.path, diagnostic
