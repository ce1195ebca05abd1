"""The reference handbook is what people judge Rolebook by: what it must be, beyond having no findings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from rolebook.loading import load
from rolebook.model.coverage import modules_by_role
from rolebook.model.flow import ways_on
from rolebook.model.handbook import Handbook
from rolebook.model.handoffs import transfers
from rolebook.model.improvement import Status
from rolebook.model.loops import loops
from tests.conftest import ROOT

WORDS = 6
"""A sentence of so many words says something of its own, and stands once."""

TEN = {
    "service-support": ("incident", "problem", "change", "configuration", "release"),
    "service-delivery": ("service-level", "availability", "capacity", "financial", "service-continuity"),
}
"""The ITIL processes by area; each is called so, with `-management` behind."""


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(ROOT).handbook


def sentences(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Every sentence of enough words, as it sounds, with its place."""
    for text in handbook.texts:
        for sentence in re.split(r"(?<=[.!?;:])\s+", text):
            words = re.findall(r"[\w'-]+", sentence.casefold())
            if len(words) >= WORDS:
                yield " ".join(words), f"{text.span.path}:{text.span.line}"


def test_no_sentence_stands_twice(handbook: Handbook) -> None:
    """The duties of a kind of role are written once, so there is nothing to except."""
    places = defaultdict(list)
    for sentence, place in sentences(handbook):
        places[sentence].append(place)
    assert len(places) > 4000
    assert {sentence: found for sentence, found in places.items() if len(found) > 1} == {}


def test_no_phrase_is_worn_out(handbook: Handbook) -> None:
    """Eight words in a row that come back again and again were copied, whatever stands around them."""
    seen: Counter[str] = Counter()
    for text in handbook.texts:
        words = re.findall(r"[\w'-]+", text.casefold())
        seen.update({" ".join(words[at : at + 8]) for at in range(len(words) - 7)})
    assert {phrase: count for phrase, count in seen.items() if count > 3} == {}


def test_it_has_the_ten_processes_in_their_areas(handbook: Handbook) -> None:
    assert {(p.id, str(p.area)) for p in handbook.processes.values()} == {
        (f"{name}-management", area) for area, names in TEN.items() for name in names
    }


@pytest.mark.parametrize("name", [f"{name}-management" for names in TEN.values() for name in names])
def test_a_process_is_complete(name: str, handbook: Handbook) -> None:
    process = handbook.processes[name]
    assert 7 <= len(process.activities) <= 14
    assert all(len(activity.steps) >= 3 for activity in process.activities)
    assert 3 <= len(process.kpis) <= 5
    assert all(kpi.counted_from and kpi.baseline for kpi in process.kpis)
    assert process.scope
    assert process.scope.includes
    assert process.scope.excludes
    for part in (process.triggers, process.policies, process.controls, process.records, process.satisfies):
        assert len(part) >= 2, name
    assert all(activity.records for activity in process.activities)
    assert any(activity.tools for activity in process.activities)
    assert process.approval
    ways = ways_on(process)
    assert list(loops({activity: [way.target for way in on] for activity, on in ways.items()})), "no loop"
    assert any(way.when for on in ways.values() for way in on), "no branch"
    assert any(way.parallel for on in ways.values() for way in on), "nothing at the same time"


NO_INSTRUCTION = re.compile(r"(The|A|An|It|This|That|There|Their|They|We|You|Our|All|Every|Each|Some|No) ")


def test_every_activity_reads_as_an_instruction(handbook: Handbook) -> None:
    for process, activity in handbook.activities():
        told = [text for text in (activity.name, *activity.steps) if NO_INSTRUCTION.match(text)]
        assert told == [], f"{process.id}/{activity.id}"


def test_the_processes_are_a_network(handbook: Handbook) -> None:
    between = [t for t in transfers(handbook) if t.given is not None and t.taker in handbook.processes]
    assert len(between) >= 40
    for process in handbook.processes:
        assert len({t.taker for t in between if t.giver == process}) >= 3, f"{process} gives to too few"
        assert len({t.giver for t in between if t.taker == process}) >= 3, f"{process} takes from too few"


def test_the_organisation_is_whole(handbook: Handbook) -> None:
    organisation = handbook.organisation
    assert len(organisation.objectives) >= 6
    assert len(handbook.functions) >= 8
    assert len(organisation.standards) >= 2
    assert {"user", "customer", "supplier", "regulator"} <= {str(party.id) for party in organisation.outside}
    assert len(handbook.glossary.terms) >= 40
    assert handbook.functions["service-desk"].duties


def test_roles_jobs_and_training_reach_everybody(handbook: Handbook) -> None:
    active = [role for role in handbook.roles.values() if role.active]
    ended = [role for role in handbook.roles.values() if not role.active]
    assert len(active) >= 30
    assert {str(role.status) for role in ended} == {"merged", "retired"}
    assert all(role.history for role in ended)
    assert all(role.kind and role.holders and role.competencies for role in active)
    assert sum(bool(role.incompatible_with) for role in active) >= 10
    assert len(handbook.jobs) >= 18
    assert all(job.objectives and job.requirements and job.conditions for job in handbook.jobs.values())
    assert [role.id for role in active if not modules_by_role(handbook).get(role.id)] == []
    for plan in handbook.plans.values():
        assert plan.graduation, plan.id
        assert plan.how, plan.id
        assert plan.how.shadowing, plan.id
        assert plan.when, plan.id
        assert plan.when.every_months, plan.id
        assert any(module.prerequisites for module in plan.modules), plan.id
        assert any(module.observed for module in plan.modules), plan.id


def test_improvements_of_every_state(handbook: Handbook) -> None:
    improvements = handbook.improvements.values()
    assert len(improvements) >= 12
    assert {str(improvement.status) for improvement in improvements} == {str(status) for status in Status}
    assert any(one.quick_win and one.leads_to for one in improvements)
    begun = [one for one in improvements if Status(one.status) not in (Status.PROPOSED, Status.REJECTED)]
    assert all(one.cost and one.saves and one.objective and one.measured for one in begun)
    assert any(one.suggested_by in ("service-desk-analyst", "technical-specialist") for one in improvements)
