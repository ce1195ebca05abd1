"""The pages of control: documents and their reviews, clauses and gaps, findings with what they mean."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from markupsafe import escape

from rolebook.checks import findings
from rolebook.diagnostic import READING, Diagnostic, Finding
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.process import Process
from rolebook.model.values import Day
from rolebook.pages import Checked, Links, Page, handbook_pages
from rolebook.reporting import Suppressed
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
TODAY = date(2026, 11, 22)
HERE = Span("raci/roles/agent.yaml", 3, 5, 3, 9)
NASTY = "<script>alert(1)</script> \"q\" '&amp;' {{ 7*7 }}"


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(GIVEN).handbook


def page(handbook: Handbook, path: str, checked: Checked | None = None, links: Links | None = None) -> Page:
    pages = handbook_pages(handbook, links or Links(directory_urls=False), checked)
    return next(page for page in pages if page.path == path)


def body(page: Page, section: str) -> str:
    return str(next(s.body for s in page.sections if s.id == section))


def in_turn(html: str, words: Iterable[str]) -> bool:
    """Whether these words stand in `html` one after the other."""
    position = -1
    for word in words:
        position = html.find(word, position + 1)
        if position < 0:
            return False
    return True


def with_approval(handbook: Handbook, kind: str, id: str, **values: Any) -> Handbook:
    """The handbook with another approval of a document; without values, with none."""
    documents = dict(getattr(handbook, kind))
    approval = replace(documents[id].approval, **values) if values else None
    documents[id] = replace(documents[id], approval=approval)
    changes: Any = {kind: MappingProxyType(documents)}
    return replace(handbook, **changes)


def diagnostic(message: str, help: str = "", rule: str = "split-sentence") -> Diagnostic:
    return Diagnostic(READING[rule], Finding(HERE, message, help))


def test_document_control_lists_every_document_with_its_approval(handbook: Handbook) -> None:
    table = body(page(handbook, "control/index"), "section_documents")
    documents: list[Process | JobDescription] = [*handbook.processes.values(), *handbook.jobs.values()]
    for document in documents:
        assert document.approval is not None
        assert f">{escape(document.name)}</a>" in table
        assert f'datetime="{document.approval.next_review}"' in table
        assert f"<code>{document.id}.yaml</code>" in table


def test_document_control_begins_with_what_needs_somebody_to_act(handbook: Handbook) -> None:
    changed = with_approval(handbook, "jobs", "desk-agent")
    changed = with_approval(changed, "processes", "change", next_review=Day(2026, 11, 21))
    control = page(changed, "control/index", Checked(TODAY))
    table = body(control, "section_documents")
    last = handbook.jobs["head-of-service"].name
    assert in_turn(table, [handbook.jobs["desk-agent"].name, "not approved", "Change", "overdue", last])
    assert table.count("overdue") == table.count("not approved") == 1


@pytest.mark.parametrize(("today", "overdue"), [(date(2027, 1, 4), 0), (date(2027, 1, 5), 1), (None, 0)])
def test_a_review_is_overdue_from_the_day_after_it(handbook: Handbook, today: date | None, overdue: int) -> None:
    far = handbook
    for kind in ("processes", "jobs"):
        for id in getattr(handbook, kind):
            far = with_approval(far, kind, id, next_review=Day(2099, 1, 1))
    far = with_approval(far, "jobs", "desk-agent", next_review=Day(2027, 1, 4))
    control = page(far, "control/index", Checked(today) if today else None)
    assert body(control, "section_documents").count("overdue") == overdue


def test_a_document_leads_to_its_file_where_that_is_known(handbook: Handbook) -> None:
    links = Links(False, source=lambda span: f"https://git.example.org/{span.path}#L{span.line}")
    known = body(page(handbook, "control/index", links=links), "section_documents")
    link = '<a href="https://git.example.org/process_defs/processes/change.yaml#L1"><code>change.yaml</code></a>'
    assert link in known
    assert "<code>change.yaml</code></a>" not in body(page(handbook, "control/index"), "section_documents")


def test_clauses_are_shown_both_ways(handbook: Handbook) -> None:
    clauses = page(handbook, "control/clauses")
    assert in_turn(body(clauses, "iso-20000"), ['id="iso-20000_incidents"', "8.6.1", "incident.html"])
    assert in_turn(body(clauses, "section_processes"), ["incident.html", "ISO/IEC 20000-1", "#iso-20000_incidents"])
    assert "change.html" in body(clauses, "section_without")
    assert not [section for section in clauses.sections if section.id == "section_gaps"]


def test_a_clause_that_no_process_satisfies_is_a_gap(handbook: Handbook) -> None:
    incident = replace(handbook.processes["incident"], satisfies=())
    changed = replace(handbook, processes=MappingProxyType({**handbook.processes, "incident": incident}))
    clauses = page(changed, "control/clauses")
    assert "#iso-20000_incidents" in body(clauses, "section_gaps")
    assert "nobody" in body(clauses, "iso-20000")
    assert "0 of 1 clause satisfied" in clauses.lead


def test_a_handbook_without_standards_says_so(handbook: Handbook) -> None:
    incident = replace(handbook.processes["incident"], satisfies=())
    processes = MappingProxyType({**handbook.processes, "incident": incident})
    changed = replace(handbook, processes=processes, organisation=replace(handbook.organisation, standards=()))
    clauses = page(changed, "control/clauses")
    assert "names no standard" in clauses.lead
    assert clauses.sections == ()


def test_a_clean_edition_says_that_nothing_was_found(handbook: Handbook) -> None:
    clean = page(handbook, "control/findings", Checked(TODAY))
    assert [section.id for section in clean.sections] == ["section_counting"]
    assert "none" in body(clean, "section_counting")


def test_pages_made_without_a_check_do_not_pretend_one(handbook: Handbook) -> None:
    unchecked = body(page(handbook, "control/findings"), "section_counting")
    assert "without a check" in unchecked
    assert "none" not in unchecked


def test_a_finding_stands_with_its_place_its_help_and_what_its_code_means(handbook: Handbook) -> None:
    found = page(handbook, "control/findings", Checked(TODAY, (diagnostic("a comma splits", "Put it in quotes."),)))
    table = body(found, "section_counting")
    words = ["raci/roles/agent.yaml:3", "A comma splits", "Put it in quotes.", '"#rb011"', "RB011", "warning"]
    assert in_turn(table, words)
    assert READING["split-sentence"].summary in body(found, "rb011")


def test_what_is_passed_over_shows_its_reason(handbook: Handbook) -> None:
    hidden = Suppressed(diagnostic("a comma splits", "Put it in quotes."), "it is a quotation")
    found = page(handbook, "control/findings", Checked(TODAY, (), (hidden,)))
    assert in_turn(body(found, "section_suppressed"), ["A comma splits", "it is a quotation"])
    assert "none" in body(found, "section_counting")
    assert body(found, "rb011")


def test_a_finding_shows_text_as_it_was_written(handbook: Handbook) -> None:
    checked = Checked(TODAY, (diagnostic(NASTY, NASTY),), (Suppressed(diagnostic(NASTY), NASTY),))
    found = page(handbook, "control/findings", checked)
    html = body(found, "section_counting") + body(found, "section_suppressed")
    assert "<script" not in html
    assert html.count(str(escape(NASTY))) == 4


def test_every_rule_has_something_to_tell_on_the_page(handbook: Handbook) -> None:
    checked = Checked(TODAY, tuple(diagnostic("x", rule=name) for name in READING))
    found = page(handbook, "control/findings", checked)
    explained = {s.id: str(s.body) for s in found.sections if s.id.startswith("rb")}
    assert sorted(explained) == sorted(rule.code.lower() for rule in READING.values())
    assert all(html.count("<p>") > 1 and "](" not in html and "`" not in html for html in explained.values())


def test_the_reasons_come_from_the_comments_in_the_files(given: Path) -> None:
    job = given / "raci/job_descriptions/desk-agent.yaml"
    text = job.read_text("utf-8")
    job.write_text(text.replace("2027-02-01}", "2026-11-20} # rolebook: ignore RB801 - it is arranged"), "utf-8")
    loaded = load(given)
    checked = Checked.of(findings(loaded, TODAY), loaded.lines, TODAY)
    assert [one.reason for one in checked.suppressed] == ["it is arranged"]


def test_a_text_of_the_author_is_no_mark_of_ours(handbook: Handbook) -> None:
    standard = replace(handbook.organisation.standards[0], name=Text(NASTY, HERE))
    changed = replace(handbook, organisation=replace(handbook.organisation, standards=(standard,)))
    clauses = page(changed, "control/clauses")
    assert "<script" not in clauses.lead
    assert str(escape(NASTY)) in clauses.lead
