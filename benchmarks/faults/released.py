"""A release of the handbook in which a fault is planted, and what is due where something has changed since."""

from pathlib import Path

from benchmarks.faults.draft import Draft
from rolebook.editing.releases.planning import Planned, Wanted, plan
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook, derived
from rolebook.model.release import NEXT
from rolebook.model.values import Day
from rolebook.source import Span, Text

VERSION = "1.0.0"
NOTE = "What everybody works by from now on."
_DAY = Day.at(Text("2026-11-20", Span.of_file("")))
_RENEWED = "2026-11-23"


def release(draft: Draft) -> Planned:
    """Release the handbook as it was before anything was edited, and say what that release is."""
    planned = _planned(draft.handbook)
    for path, data in planned.after.items():
        draft.put(path, data.decode())
    return planned


@derived
def _planned(handbook: Handbook) -> Planned:
    return plan(Path(), handbook, Wanted(version=VERSION, day=_DAY, today=_DAY, note=NOTE))


def explain(draft: Draft, *elements: str) -> None:
    """Write down a reason for each of some elements, as `activity:process/id`."""
    reasons = "".join(f"  - for: {element}\n    why: The auditors asked for it.\n" for element in elements)
    draft.put(NEXT, f"reasons:\n{reasons}")


def approve(draft: Draft, kind: str, id: str) -> None:
    """Have a document approved again."""
    draft.write(path_of(kind, id), "approval", "approved", text=_RENEWED)


def review(draft: Draft, process: str) -> None:
    """Have all modules reviewed that teach a process, or an activity of it."""
    for training in draft.handbook.plans.values():
        for module in training.modules:
            if any(taught.partition("/")[0] == process for taught in module.teaches):
                draft.set(path_of("plan", training.id), "modules", module.id, "reviewed", text=_RENEWED)
