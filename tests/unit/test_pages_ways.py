"""What the pages tell about the ways through a process: what an activity waits for, and when work passes on."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from rolebook.loading import load
from rolebook.model.flow import Way
from rolebook.model.handbook import Handbook
from rolebook.model.process import Branch, Otherwise
from rolebook.pages import Links, handbook_pages
from rolebook.pages.ways import Waiting, meetings
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
HERE = Span("x.yaml", 1, 1, 1, 2)


def ways(lines: Iterable[str]) -> dict[str, tuple[Way, ...]]:
    """The ways on as `a: b & c | d` gives them: b and c at the same time, or d."""
    found: dict[str, tuple[Way, ...]] = {}
    for line in lines:
        source, _, onwards = line.partition(": ")
        branches = [branch.split(" & ") for branch in onwards.split(" | ")]
        found[source] = tuple(
            Way(target, str(number) if len(branches) > 1 else None, parallel=len(branch) > 1)
            for number, branch in enumerate(branches)
            for target in branch
        )
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["a: b & c", "b: d", "c: d", "d: end"], {"d": (("b",), ("c",))}, id="two ways meet"),
        pytest.param(["a: b | c", "b: d", "c: d", "d: end"], {}, id="one way or the other"),
        pytest.param(["a: b & c | d", "b: d", "c: d", "d: end"], {"d": (("b",), ("c",))}, id="begun in one case"),
        pytest.param(
            ["a: b & c", "b: d", "c: d", "d: e", "e: end"], {"d": (("b",), ("c",))}, id="only where they meet first"
        ),
        pytest.param(
            ["a: b & c & d", "b: e", "c: e", "e: f", "d: f", "f: end"],
            {"e": (("b",), ("c",)), "f": (("e",), ("d",))},
            id="a third way joins later",
        ),
        pytest.param(
            ["a: b & c", "b: x | d", "x: d", "c: d", "d: end"], {"d": (("b", "x"), ("c",))}, id="a way with branches"
        ),
        pytest.param(
            ["a: b & c", "b: x | d", "x: b", "c: d", "d: a | end"],
            {"d": (("b",), ("c",))},
            id="loops within and around",
        ),
        pytest.param(
            ["a: b", "b: c & d | end", "c: e", "d: a | e", "e: a | end"],
            {"e": (("c",), ("d",))},
            id="a way that may begin anew above",
        ),
        pytest.param(["a: b", "b: c & d", "c: a | end", "d: a | end"], {}, id="both may begin anew"),
        pytest.param(["a: b & c", "b: c", "c: end"], {}, id="begun at once"),
        pytest.param(["a: b & c", "b: end", "c: d", "d: end"], {}, id="they do not meet"),
        pytest.param(["a: b & nowhere", "b: end"], {}, id="a way that leads nowhere"),
    ],
)
def test_an_activity_waits_for_all_ways_that_were_begun_together(
    lines: list[str], expected: dict[str, Waiting]
) -> None:
    found = meetings(ways(lines))
    assert {at: {*waiting} for at, waiting in found.items()} == {at: {*waiting} for at, waiting in expected.items()}


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(GIVEN).handbook


def section(handbook: Handbook, path: str, id: str) -> str:
    page = next(page for page in handbook_pages(handbook, Links(directory_urls=False)) if page.path == path)
    return str(next(section.body for section in page.sections if section.id == id))


def leading_on(handbook: Handbook, activity: str, branches: tuple[Branch | Otherwise, ...]) -> Handbook:
    """The handbook with other ways on from an activity of Incident Management."""
    process = handbook.processes["incident"]
    activities = tuple(replace(a, next=branches) if a.id == activity else a for a in process.activities)
    processes = dict(handbook.processes) | {"incident": replace(process, activities=activities)}
    return replace(handbook, processes=MappingProxyType(processes))


def branch(when: str, *go_to: str) -> Branch:
    return Branch(when=Text(when, HERE), go_to=tuple(Text(target, HERE) for target in go_to), span=HERE)


def otherwise(*go_to: str) -> Otherwise:
    return Otherwise(otherwise=tuple(Text(target, HERE) for target in go_to), span=HERE)


def test_the_flow_tells_what_an_activity_waits_for(handbook: Handbook) -> None:
    changed = leading_on(handbook, "log", (otherwise("swarm", "diagnose"),))
    changed = leading_on(changed, "diagnose", (otherwise("close"),))
    flow = section(changed, "processes/incident", "section_flow")
    assert '<i>After all of:</i> <span><a href="#' in flow
    assert "After all of" not in section(handbook, "processes/incident", "section_flow")


def test_the_flow_names_partners_and_the_activity_tells_what_passes(handbook: Handbook) -> None:
    flow = section(handbook, "processes/incident", "section_flow")
    change, reader = handbook.processes["change"].name, handbook.organisation.outside[0].name
    assert f"<i>From:</i> <span>{reader}</span>" in flow
    assert f"<i>To:</i> <span>{change}</span>" in flow
    procedure = "processes/incident/procedure"
    assert f"<dt>Takes</dt><dd>Report of a fault, from {reader}</dd>" in section(handbook, procedure, "log")
    assert f"Request for a change, to {change}" in section(handbook, procedure, "diagnose")


def test_an_activity_tells_what_follows_it_and_what_it_waits_for(handbook: Handbook) -> None:
    changed = leading_on(handbook, "log", (branch("it hums", "swarm"), otherwise("swarm", "diagnose")))
    changed = leading_on(changed, "diagnose", (otherwise("close"),))
    procedure = "processes/incident/procedure"
    names = {str(activity.id): activity.name for activity in changed.processes["incident"].activities}
    swarm, diagnose, close = (f'<a href="#{id}">{names[id]}</a>' for id in ("swarm", "diagnose", "close"))
    follows = f"it hums: {swarm}<br>Otherwise: {swarm} and at the same time {diagnose}"
    assert f"<dt>What follows</dt><dd>{follows}</dd>" in section(changed, procedure, "log")
    assert f"<dt>What follows</dt><dd>{close}</dd>" in section(changed, procedure, "diagnose")
    assert "<dt>What follows</dt><dd>The process ends here.</dd>" in section(changed, procedure, "close")
    assert "<dt>Waits for all of</dt>" in section(changed, procedure, "close")
    assert "<dt>Waits for all of</dt>" not in section(handbook, procedure, "close")


def test_the_list_says_nothing_where_the_next_activity_simply_follows(handbook: Handbook) -> None:
    first, second, *_ = handbook.processes["incident"].activities
    straight = section(leading_on(handbook, first.id, (otherwise(second.id),)), "processes/incident", "section_flow")
    assert "Then:" not in straight.partition("</li>")[0]
    aside = section(leading_on(handbook, first.id, (otherwise("close"),)), "processes/incident", "section_flow")
    assert '<i>Then:</i> <span><a href="#close">' in aside


def test_a_role_sees_on_what_a_passage_depends(handbook: Handbook) -> None:
    changed = leading_on(
        handbook, "log", (branch("it hums", "swarm"), branch("it smokes", "swarm"), otherwise("close"))
    )
    for role, part in (("agent", "section_given"), ("specialist", "section_taken")):
        body = section(changed, f"roles/{role}", part)
        assert 'only if:</span> it hums <span class="muted">or:</span> it smokes</td>' in body


def test_what_is_taken_otherwise_depends_on_nothing_that_is_told(handbook: Handbook) -> None:
    changed = leading_on(handbook, "log", (branch("it hums", "swarm"), otherwise("swarm")))
    assert "it hums" not in section(changed, "roles/agent", "section_given")
