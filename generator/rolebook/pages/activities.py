"""The activities of a process with all that pages tell of them: in the flow, in the matrix, and one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rolebook.model.backlinks import modules_teaching
from rolebook.model.consolidation import shaped_by
from rolebook.model.coverage import involved
from rolebook.model.flow import Choice, Way, choices, ways_on
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement
from rolebook.model.partners import NONE, Passage, Passages, passages_by_process
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Involvement
from rolebook.pages.ways import Waiting, meetings

_WITH_DUTIES = (Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE)


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity with all that the pages of its process tell of it."""

    activity: Activity
    reference: str
    waits_for: Waiting
    choices: tuple[Choice, ...]
    letters: Mapping[str, tuple[Involvement, ...]]
    improvements: tuple[Improvement, ...]
    taken: tuple[Passage, ...]
    given: tuple[Passage, ...]
    records: tuple[str, ...]
    controls: tuple[str, ...]
    modules: tuple[str, ...]

    @property
    def responsible(self) -> tuple[str, ...]:
        """The roles that do it."""
        return self.with_letter(Involvement.RESPONSIBLE)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sides that something is taken from here, each once."""
        return tuple(dict.fromkeys(passage.giver for passage in self.taken))

    @property
    def takers(self) -> tuple[str, ...]:
        """The sides that something is handed over to from here, each once."""
        return tuple(dict.fromkeys(passage.taker for passage in self.given))

    @property
    def doers(self) -> tuple[str, ...]:
        """The roles that do it or answer for it."""
        return tuple(dict.fromkeys(holder for letter in _WITH_DUTIES for holder in self.with_letter(letter)))

    def with_letter(self, involvement: Involvement) -> tuple[str, ...]:
        """The roles and outside parties that have a letter here."""
        return tuple(holder for holder, letters in self.letters.items() if involvement in letters)


@derived
def activities_by_process(handbook: Handbook) -> Mapping[str, tuple[ActivityView, ...]]:
    """The activities of each process, in the order of its file."""
    passages = passages_by_process(handbook)
    return {id: _activities(handbook, process, passages.get(id, NONE)) for id, process in handbook.processes.items()}


def _activities(handbook: Handbook, process: Process, passages: Passages) -> tuple[ActivityView, ...]:
    ways = ways_on(process)
    meeting = meetings(ways)
    return tuple(
        _activity(handbook, process, activity, ways[activity.id], meeting.get(activity.id, ()), passages)
        for activity in process.activities
    )


def _activity(
    handbook: Handbook,
    process: Process,
    activity: Activity,
    ways: tuple[Way, ...],
    waits_for: Waiting,
    passages: Passages,
) -> ActivityView:
    reference = f"{process.id}/{activity.id}"
    return ActivityView(
        activity=activity,
        reference=reference,
        waits_for=waits_for,
        choices=choices(ways),
        letters=involved(handbook, process.id, activity.id),
        improvements=shaped_by(handbook).get(f"activity:{reference}", ()),
        taken=_once(passage for passage in passages.taken if passage.at == reference),
        given=_once(passage for passage in passages.given if passage.after == reference),
        records=tuple(f"{process.id}/{record}" for record in activity.records),
        controls=tuple(f"{process.id}/{control.id}" for control in process.controls if activity.id in control.at),
        modules=tuple(f"{plan.id}/{module.id}" for plan, module in modules_teaching(handbook).get(reference, ())),
    )


def _once(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages without those that differ only in the activity on the other side."""
    return tuple({passage.transfer: passage for passage in passages}.values())
