"""The pages of the small handbook: what is on them, and that they hang together."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urljoin

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.process import Branch, Otherwise, Parallel, Process
from rolebook.pages import Chapter, Links, Page, handbook_pages, navigation
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
HERE = Span("x.yaml", 1, 1, 1, 2)


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(GIVEN).handbook


@pytest.fixture(scope="module", name="pages")
def _pages(handbook: Handbook) -> dict[str, Page]:
    return by_path(handbook)


def by_path(handbook: Handbook) -> dict[str, Page]:
    return {page.path: page for page in handbook_pages(handbook, Links(directory_urls=False))}


def body(page: Page, section: str) -> str:
    return str(next(s.body for s in page.sections if s.id == section))


def written(text: str) -> Text:
    return Text(text, HERE)


class Parsed(HTMLParser):
    """The ids and links of a page, and whether its elements are closed in turn."""

    VOID = ("br",)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.ids = [section.id for section in page.sections]
        self.links: list[str] = []
        self.open: list[str] = []
        for html in (page.lead, *(section.body for section in page.sections)):
            self.feed(str(html))
            self.close()
            assert not self.open, (page.path, self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not re.fullmatch(r"h[1-6]", tag), "a body has no heading of its own"
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.open += [tag] if tag not in self.VOID else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_link_arrives(pages: dict[str, Page]) -> None:
    ids = {f"/{path}.html": set(Parsed(page).ids) for path, page in pages.items()}
    for path, page in pages.items():
        for link in Parsed(page).links:
            target, _, place = urljoin(f"/{path}.html", link).partition("#")
            assert target in ids, (path, link)
            assert not place or place in ids[target], (path, link)


def test_every_anchor_stands_once(pages: dict[str, Page]) -> None:
    for page in pages.values():
        twice = [id for id, times in Counter(Parsed(page).ids).items() if times > 1]
        assert not twice, (page.path, twice)


def test_every_page_lies_at_its_own_path(handbook: Handbook) -> None:
    paths = [page.path for page in handbook_pages(handbook, Links())]
    assert len(paths) == len(set(paths))


def test_every_page_says_what_it_is(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.title, page.path
        assert re.fullmatch(r".+", page.description), page.path
        assert all(section.heading and section.id for section in page.sections), page.path


def test_no_section_is_empty_but_for_those_above_others(pages: dict[str, Page]) -> None:
    for page in pages.values():
        below = (*page.sections[1:], None)
        for section, following in zip(page.sections, below, strict=True):
            assert section.body or (following and following.level > section.level), (page.path, section.id)


def test_every_entity_has_its_page(handbook: Handbook, pages: dict[str, Page]) -> None:
    folders = {
        "processes": handbook.processes,
        "roles": handbook.roles,
        "functions": handbook.functions,
        "jobs": handbook.jobs,
        "training": handbook.plans,
        "improvements": handbook.improvements,
    }
    single = ("index", "matrix", "organisation", "glossary", "training-matrix", "training-calendar")
    control = ("control/index", "control/clauses", "control/findings")
    entities = {f"{folder}/{id}" for folder, ids in folders.items() for id in ids}
    entities |= {f"processes/{id}/procedure" for id in handbook.processes}
    assert set(pages) == entities | {f"{folder}/index" for folder in folders} | set(single) | set(control)


def test_the_navigation_leads_to_every_page_once(handbook: Handbook, pages: dict[str, Page]) -> None:
    def opened(chapters: tuple[Chapter, ...]) -> Iterator[str]:
        for chapter in chapters:
            yield from (chapter.path,) if chapter.path else ()
            yield from opened(chapter.parts)

    assert sorted(opened(navigation(handbook))) == sorted(pages)


def test_a_page_knows_its_file_and_a_section_its_line(pages: dict[str, Page]) -> None:
    page = pages["processes/incident"]
    assert page.source is not None
    assert page.source.path == "process_defs/processes/incident.yaml"
    swarm = next(section for section in pages["processes/incident/procedure"].sections if section.id == "swarm")
    assert swarm.source is not None
    lines = (GIVEN / swarm.source.path).read_text("utf-8").splitlines()
    assert "swarm" in lines[swarm.source.line - 1]


def test_a_process_and_its_procedure_lead_to_each_other(pages: dict[str, Page]) -> None:
    process, procedure = pages["processes/incident"], pages["processes/incident/procedure"]
    assert procedure.title == f"{process.title}: procedure"
    assert '<a href="incident/procedure.html">Procedure</a>' in process.lead
    assert '<a href="../incident.html">Process</a>' in procedure.lead


def test_each_activity_in_the_list_leads_to_its_steps_and_keeps_its_anchor(
    handbook: Handbook, pages: dict[str, Page]
) -> None:
    flow = body(pages["processes/incident"], "section_flow")
    steps = {section.id for section in pages["processes/incident/procedure"].sections}
    for activity in handbook.processes["incident"].activities:
        assert f'<li id="{activity.id}"' in flow
        assert f'<a href="incident/procedure.html#{activity.id}">{activity.name}</a>' in flow
        assert activity.id in steps


def test_links_follow_the_form_of_the_addresses(handbook: Handbook) -> None:
    page = next(p for p in handbook_pages(handbook, Links(directory_urls=True)) if p.path == "processes/incident")
    assert 'href="../../roles/incident-manager/"' in page.lead


def test_the_flow_tells_every_way_on(pages: dict[str, Page]) -> None:
    flow = body(pages["processes/incident"], "section_flow")
    assert '<li>the whole branch stands still: <a href="#swarm">' in flow
    assert '<li>Otherwise: <a href="#close">' in flow
    assert "The process ends here." in flow


def test_the_flow_tells_what_runs_at_the_same_time(handbook: Handbook) -> None:
    process = handbook.processes["incident"]
    log, diagnose, *others = process.activities
    both = Parallel(all=(written("swarm"), written("close")), span=HERE)
    when = Branch(when=written("nothing is found"), go_to=(written("close"), written("swarm")), span=HERE)
    last = (when, Otherwise(otherwise=(written("end"),), span=HERE))
    changed = replace(process, activities=(replace(log, next=both), replace(diagnose, next=last), *others))
    flow = body(by_path(with_process(handbook, changed))["processes/incident"], "section_flow")
    assert "Then at the same time:" in flow
    assert "nothing is found:" in flow
    assert " and at the same time <a" in flow
    assert "Otherwise: the process ends" in flow


def with_process(handbook: Handbook, process: Process) -> Handbook:
    processes = dict(handbook.processes) | {"incident": process}
    return replace(handbook, processes=MappingProxyType(processes))


def test_a_role_sees_its_part_in_every_process(pages: dict[str, Page]) -> None:
    work = body(pages["roles/specialist"], "section_work")
    assert 'id="process_incident"' in work
    assert '<a href="../processes/incident/procedure.html#swarm">Swarm on a stopped branch</a>' in work
    assert 'class="raci-R"' in work


def test_a_role_sees_whom_it_takes_from_and_hands_over_to(pages: dict[str, Page]) -> None:
    page = pages["roles/agent"]
    assert "organisation.html#outside_reader" in body(page, "section_taken")
    assert "Request for a change" in body(page, "section_given")


def test_a_merged_role_leads_to_its_successor(handbook: Handbook) -> None:
    agent = replace(handbook.roles["agent"], status=written("merged"), merged_into=written("specialist"))
    roles = MappingProxyType(dict(handbook.roles) | {"agent": agent})
    pages = by_path(replace(handbook, roles=roles))
    assert "now part of" in pages["roles/agent"].lead
    assert "specialist.html" in pages["roles/agent"].lead
    assert "Log the report" in body(pages["roles/specialist"], "section_work")
    assert "agent.html" in body(pages["roles/index"], "section_former")


def test_an_activity_shows_the_improvement_that_brought_it(pages: dict[str, Page]) -> None:
    assert "../../improvements/swarming.html" in body(pages["processes/incident/procedure"], "swarm")


def test_the_consolidation_record_tells_job_and_module(pages: dict[str, Page]) -> None:
    record = body(pages["improvements/swarming"], "section_record")
    assert "✓" in record
    assert "../jobs/" in record
    assert "../training/first-weeks.html#swarming" in record


def test_terms_stand_by_name(pages: dict[str, Page]) -> None:
    names = [section.heading for section in pages["glossary"].sections if section.level == 3]
    assert names == sorted(names, key=str.casefold)


def test_what_is_absent_leaves_nothing_behind(pages: dict[str, Page]) -> None:
    ids = {section.id for section in pages["roles/agent"].sections}
    assert ids.isdisjoint({"section_authority", "section_competencies", "section_kpis", "section_processes"})
    assert "Kind" not in pages["roles/agent"].lead


def test_the_tables_of_a_page_are_told_apart_by_their_labels(handbook: Handbook) -> None:
    swarming = handbook.improvements["swarming"]
    begun = replace(swarming, id=written("begun"), status=written("in-progress"))
    improvements = MappingProxyType(dict(handbook.improvements) | {"begun": begun})
    for path, page in by_path(replace(handbook, improvements=improvements)).items():
        bodies = "".join(str(section.body) for section in page.sections)
        labels = Counter(re.findall(r'<section\b[^>]* aria-label="([^"]*)"', bodies))
        assert not [label for label, times in labels.items() if times > 1], path


def test_a_target_without_its_number_is_not_shown(handbook: Handbook) -> None:
    incident = handbook.processes["incident"]
    kpi = incident.kpis[0]
    bare = replace(kpi, target=replace(kpi.target, value=None, low=None, high=None))
    pages = by_path(with_process(handbook, replace(incident, kpis=(bare,))))
    assert "<dt>Target</dt>" not in body(pages["processes/incident"], kpi.id)
    assert f"{kpi.unit} by" not in body(pages[f"roles/{kpi.owner}"], "section_kpis")


def test_an_improvement_names_what_it_is_still_to_bring(handbook: Handbook) -> None:
    planned = (written("activity:incident/ask-back"), written("role:night-agent"), written("activity:no/process"))
    swarming = replace(handbook.improvements["swarming"], status=written("approved"), adds=planned)
    page = by_path(replace(handbook, improvements=MappingProxyType({"swarming": swarming})))["improvements/swarming"]
    told = body(page, "section_changes")
    assert '“ask back” <span class="muted">(activity of <a href' in told
    assert '“night agent” <span class="muted">(role, still to come)' in told
    assert '“process” <span class="muted">(activity, still to come)' in told


def test_a_process_tells_where_each_of_its_triggers_lets_it_begin(handbook: Handbook) -> None:
    incident = handbook.processes["incident"]
    first, *others, last = incident.activities
    again = replace(incident, activities=(first, *others, replace(last, triggers=(written("A week is over."),))))
    pages = by_path(replace(handbook, processes=MappingProxyType(dict(handbook.processes) | {"incident": again})))
    page = pages["processes/incident"]
    assert "A week is over. <span" in body(page, "section_triggers")
    assert "Begins when:</i> <span>A week is over.</span>" in body(page, "section_flow")
    assert "<dt>Begins when</dt><dd>A week is over.</dd>" in body(pages["processes/incident/procedure"], "close")


def test_a_rejected_improvement_claims_nothing(handbook: Handbook) -> None:
    rejected = replace(handbook.improvements["swarming"], status=written("rejected"))
    pages = by_path(replace(handbook, improvements=MappingProxyType({"swarming": rejected})))
    headings = [section.heading for section in pages["improvements/swarming"].sections]
    assert "What was proposed" in headings
    assert "What it would have changed in the handbook" in headings
    assert "Consolidation record" not in headings
    assert "swarming.html" not in body(pages["processes/incident/procedure"], "swarm")
