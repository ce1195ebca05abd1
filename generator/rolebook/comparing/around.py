"""What things hang together with in one of two handbooks that are compared, by the names that hold in the newer one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rolebook.comparing.change import Change, Subject
from rolebook.comparing.matching import Key
from rolebook.comparing.meaning import Tongue, folded
from rolebook.model import values as v
from rolebook.model.coverage import must_know, parts
from rolebook.model.flow import ways_on
from rolebook.model.handbook import Handbook
from rolebook.model.job import Duty, JobDescription
from rolebook.model.process import END, Process
from rolebook.model.training import TrainingModule, TrainingPlan

_COLLECTIONS = {"process": "processes", "job": "jobs", "plan": "plans"}


def key(subject: Subject) -> str:
    """How something is named where kinds mix: `activity:incident/log`; what there is only one of by its kind alone."""
    return subject.kind if subject.kind == subject.reference else f"{subject.kind}:{subject.reference}"


def within(process: str) -> str:
    """A name for whatever belongs to a process, given as `process:incident`."""
    return f"within {process}"


class Side:
    """One of two handbooks; `names` leads to what its things are called in the newer one."""

    def __init__(self, handbook: Handbook, names: Mapping[Key, str]) -> None:
        self._handbook = handbook
        self._tongue = Tongue(names, "", "")
        self._refs: dict[str, v.Ref] = {}
        self._entities: dict[str, dict[str, Any]] = {}

    def named(self, kind: str, reference: str) -> str:
        """A reference of this handbook with its kind, as the newer one would write it."""
        ref = self._refs.setdefault(kind, v.Ref((kind,)))
        return f"{kind}:{self._tongue.reference(reference, ref)}"

    def entity(self, subject: Subject) -> Any:
        """What has a file of its own here, by what the newer handbook calls it; None where it is not there."""
        if subject.kind not in _COLLECTIONS:
            return None
        if subject.kind not in self._entities:
            found: Mapping[str, Any] = getattr(self._handbook, _COLLECTIONS[subject.kind])
            self._entities[subject.kind] = {self.named(subject.kind, id): entity for id, entity in found.items()}
        return self._entities[subject.kind].get(key(subject))

    def ways(self, process: Process, activity: str) -> frozenset[tuple[str, str]]:
        """The ways on from an activity: when each is taken, and the activity that it leads to."""
        ways = ways_on(process)
        own = next((one.id for one in process.activities if self._part("activity", process, one.id) == activity), None)
        return frozenset(
            (folded(way.when or ""), self._part("activity", process, way.target))
            for way in ways.get(own or "", ())
            if way.target != END
        )

    def of_process(self, process: Process, thing: str) -> Iterator[str]:
        """The activities at which something of a process takes place, and the process that takes a hand-off."""
        for control in process.controls:
            if self._part("control", process, control.id) == thing:
                yield from self._parts("activity", process, control.at)
        for given in process.hands_over:
            if self._part("hand-off", process, given.id) == thing:
                yield from self._parts("activity", process, given.after)
                yield self.named("process", given.to)
        for record in process.records:
            if self._part("record", process, record.id) == thing:
                users = (activity.id for activity in process.activities if record.id in activity.records)
                yield from self._parts("activity", process, users)

    def inside(self, process: Process) -> Iterator[str]:
        """What a process consists of, as far as improvements name it."""
        yield from self._parts("activity", process, (one.id for one in process.activities))
        yield from self._parts("kpi", process, (one.id for one in process.kpis))
        yield from self._parts("control", process, (one.id for one in process.controls))
        yield from self._parts("hand-off", process, (one.id for one in process.hands_over))

    def of_role(self, role: str) -> Iterator[str]:
        """The activities that a role does or answers for, given as `role:agent`."""
        for id, own in parts(self._handbook).items():
            if self.named("role", id) == role:
                yield from (self.named("activity", part.reference) for part in own if must_know(part))

    def of_job(self, job: JobDescription, change: Change, *, whole: bool) -> Iterator[str]:
        """What a change of a job is about: the duties and objectives that it tells of, or the `whole` of it."""
        told = {*change.old, *change.new}
        for duty in job.duties:
            if whole or (change.field == "duties" and folded(duty.duty) in told):
                yield from self._of_duty(duty)
        if whole or change.field == "objectives":
            yield from (self.named("kpi", objective.kpi) for objective in job.objectives if objective.kpi)
        if whole:
            yield from (self.named("role", role) for role in job.carries)

    def _of_duty(self, duty: Duty) -> Iterator[str]:
        yield from (self.named("activity", activity) for activity in duty.fulfils)
        yield from self._wholly(duty.answers_for)

    def of_plan(self, plan: TrainingPlan, module: str = "") -> Iterator[str]:
        """What a training plan teaches, or one `module` of it."""
        for one in plan.modules:
            if not module or self.named("module", f"{plan.id}/{one.id}") == module:
                yield from self._of_module(one)

    def _of_module(self, module: TrainingModule) -> Iterator[str]:
        yield from (self.named("activity", taught) for taught in module.teaches if "/" in taught)
        yield from self._wholly(taught for taught in module.teaches if "/" not in taught)

    def _wholly(self, processes: Iterable[str]) -> Iterator[str]:
        for process in processes:
            named = self.named("process", process)
            yield from (named, within(named))

    def _parts(self, kind: str, process: Process, ids: Iterable[str]) -> Iterator[str]:
        return (self._part(kind, process, id) for id in ids)

    def _part(self, kind: str, process: Process, id: str) -> str:
        return self.named(kind, f"{process.id}/{id}")
