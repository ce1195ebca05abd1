"""The consolidation record of an improvement, and when it is institutionalised."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status, Waiver
from rolebook.model.release import Release
from rolebook.model.standing import Mark, Record, former_name, record, records, standing, taken_out
from rolebook.model.values import Day
from rolebook.source import Span, Text
from tests.conftest import ROOT

HERE = Span("x.yaml", 1, 1, 1, 2)


def written(text: str) -> Text:
    return Text(text, HERE)


RELEASE = Release(
    id=written("1.0.0"),
    date=Day.at(written("2026-06-30")),
    improvements=(written("swarming"),),
    digest=written(""),
    span=HERE,
)


@pytest.fixture(scope="module", name="given")
def _given() -> Handbook:
    return load(ROOT / "docs/checks/given").handbook


def released(handbook: Handbook, release: Release = RELEASE) -> Handbook:
    return replace(handbook, releases=MappingProxyType({release.id: release}))


def with_improvement(handbook: Handbook, id: str = "swarming", **fields: Any) -> Handbook:
    """The handbook with this improvement like the one that it has, but for some fields."""
    made = replace(handbook.improvements["swarming"], id=written(id), **fields)
    return replace(handbook, improvements=MappingProxyType({**handbook.improvements, id: made}))


def without_duty(handbook: Handbook) -> Handbook:
    """The handbook in which the systems engineer, who carries the specialist, has no duty for the swarm."""
    job = handbook.jobs["systems-engineer"]
    return replace(
        handbook,
        jobs=MappingProxyType({**handbook.jobs, job.id: replace(job, duties=job.duties[1:])}),
    )


def without_training(handbook: Handbook) -> Handbook:
    """The handbook in which nobody is taught the swarm."""
    plan = handbook.plans["first-weeks"]
    kept = tuple(module for module in plan.modules if module.id != "swarming")
    return replace(handbook, plans=MappingProxyType({**handbook.plans, plan.id: replace(plan, modules=kept)}))


def without_swarm(handbook: Handbook) -> Handbook:
    process = handbook.processes["incident"]
    kept = tuple(activity for activity in process.activities if activity.id != "swarm")
    changed = replace(process, activities=kept)
    return replace(handbook, processes=MappingProxyType({**handbook.processes, process.id: changed}))


def excuse(of: str, role: str) -> Waiver:
    return Waiver(of=written(of), for_=written(role), reason=written("Knows it already."), span=HERE)


def swarming(handbook: Handbook) -> Improvement:
    return handbook.improvements["swarming"]


def of_swarming(handbook: Handbook) -> Record:
    return record(handbook, swarming(handbook))


def state(handbook: Handbook) -> str:
    return standing(handbook, swarming(handbook)).state


def test_what_is_achieved_everywhere_and_released_is_institutionalised(given: Handbook) -> None:
    found = standing(released(given), swarming(given))
    assert (found.state, found.waits) == ("institutionalised", False)
    assert found.release is not None
    assert (found.release.id, found.release.date) == ("1.0.0", date(2026, 6, 30))


def test_what_no_release_names_waits_for_the_next_one(given: Handbook) -> None:
    found = standing(given, swarming(given))
    assert (found.state, found.release, found.waits) == ("achieved", None, True)


@pytest.mark.parametrize("undo", [without_duty, without_training])
def test_what_somebody_lacks_is_not_institutionalised_and_waits_for_more_than_a_release(
    given: Handbook, undo: Any
) -> None:
    assert state(undo(released(given))) == "achieved"
    assert not standing(undo(given), swarming(given)).waits


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACHIEVED])
def test_only_what_is_achieved_is_institutionalised(given: Handbook, status: Status) -> None:
    assert state(released(with_improvement(given, status=written(status)))) == status


def test_a_reason_stands_in_for_a_duty_and_for_training(given: Handbook) -> None:
    lacking = without_training(without_duty(released(given)))
    waivers = (excuse("duty", "specialist"), excuse("training", "specialist"), excuse("training", "incident-manager"))
    excused = with_improvement(lacking, waivers=waivers)
    assert (state(lacking), state(excused)) == ("achieved", "institutionalised")
    found = of_swarming(excused)
    assert found.excused_from_duty == ("specialist",)
    assert found.excused_from_training == ("specialist", "incident-manager")
    assert (found.in_jobs, found.in_training) == (Mark.DONE, Mark.DONE)


def test_a_reason_for_what_is_there_all_the_same_excuses_nobody(given: Handbook) -> None:
    needless = with_improvement(given, waivers=(excuse("duty", "specialist"), excuse("training", "specialist")))
    found = of_swarming(needless)
    assert (found.excused_from_duty, found.excused_from_training) == ((), ())


def test_it_stays_institutionalised_under_another_id(given: Handbook) -> None:
    improvement = replace(swarming(given), id=written("swarm-at-once"), formerly=(written("swarming"),))
    renamed = replace(released(given), improvements=MappingProxyType({"swarm-at-once": improvement}))
    assert standing(renamed, improvement).state == "institutionalised"
    assert [one.improvement.id for one in records(renamed, RELEASE)] == ["swarm-at-once"]


def test_a_record_tells_who_has_it_where(given: Handbook) -> None:
    found = of_swarming(released(given))
    assert [role for role, _ in found.roles] == ["specialist", "incident-manager"]
    assert [job.id for job in found.jobs] == ["systems-engineer", "head-of-service"]
    assert [(plan.id, module.id) for plan, module in found.modules] == [("first-weeks", "swarming")]
    assert found.lacks == ()
    assert {found.brought, found.in_jobs, found.in_training, found.released} == {Mark.DONE}


def test_whether_it_was_measured_and_told_stays_open(given: Handbook) -> None:
    found = of_swarming(released(given))
    assert found.standing.state == "institutionalised"
    assert (found.measured, found.told) == (Mark.OPEN, Mark.OPEN)


@pytest.mark.parametrize(("status", "mark"), [("achieved", Mark.MISSING), ("in-progress", Mark.OPEN)])
def test_what_is_lacking_is_missing_once_it_calls_itself_achieved(given: Handbook, status: str, mark: Mark) -> None:
    short = with_improvement(without_training(without_duty(given)), status=written(status))
    found = of_swarming(short)
    assert (found.in_jobs, found.in_training) == (mark, mark)
    assert [(lack.of, lack.touch.role) for lack in found.lacks] == [
        ("duty", "specialist"),
        ("training", "specialist"),
        ("training", "incident-manager"),
    ]


def test_what_is_planned_is_not_brought_yet(given: Handbook) -> None:
    planned = with_improvement(
        given, status=written("approved"), adds=(written("activity:incident/rehearse"),), changes=()
    )
    found = of_swarming(planned)
    assert found.to_come == ("activity:incident/rehearse",)
    assert {found.brought, found.in_jobs, found.in_training, found.released} == {Mark.OPEN}
    assert of_swarming(with_improvement(given, status=written("in-progress"))).brought is Mark.OPEN


def test_what_brings_no_work_needs_neither_duty_nor_training(given: Handbook) -> None:
    removing = with_improvement(given, adds=(), changes=(), removes=(written("activity:incident/telephone"),))
    found = of_swarming(removing)
    assert (found.brought, found.in_jobs, found.in_training) == (Mark.DONE, Mark.NOT_NEEDED, Mark.NOT_NEEDED)
    assert state(released(removing)) == "institutionalised"


def test_what_is_to_be_removed_and_is_still_there_is_not_done(given: Handbook) -> None:
    found = of_swarming(with_improvement(given, adds=(), changes=(), removes=(written("activity:incident/close"),)))
    assert (found.to_come, found.brought) == (("activity:incident/close",), Mark.MISSING)


def test_what_another_improvement_brings_back_does_not_count_as_still_there(given: Handbook) -> None:
    element = written("activity:incident/close")
    removing = with_improvement(given, adds=(), changes=(), removes=(element,))
    back = with_improvement(removing, "closing", status=written("in-progress"), adds=(element,), changes=(), removes=())
    assert of_swarming(back).brought is Mark.DONE


def test_what_another_improvement_has_taken_out_since_is_not_missing(given: Handbook) -> None:
    gone = without_swarm(released(given))
    assert of_swarming(gone).brought is Mark.MISSING
    replaced = with_improvement(
        gone, "calling", adds=(), changes=(), removes=(written("activity:incident/swarm"),), replaces=("swarming",)
    )
    assert of_swarming(replaced).brought is Mark.DONE
    assert taken_out(replaced)["activity:incident/swarm"].id == "calling"
    planned = with_improvement(replaced, "calling", status=written("approved"))
    assert taken_out(planned) == {}


def test_what_is_no_longer_there_is_called_what_the_last_release_called_it(given: Handbook) -> None:
    element = "activity:incident/swarm"
    assert former_name(without_swarm(given), element) == ""
    past = MappingProxyType({"1.0.0": given, "1.1.0": without_swarm(given)})
    assert former_name(replace(without_swarm(given), past=past), element) == "Swarm on a stopped branch"


def test_a_release_has_the_records_of_what_it_consolidated(given: Handbook) -> None:
    later = replace(RELEASE, id=written("1.1.0"), improvements=())
    handbook = replace(given, releases=MappingProxyType({"1.0.0": RELEASE, "1.1.0": later}))
    assert records(handbook, RELEASE) == (of_swarming(handbook),)
    assert records(handbook, later) == ()
