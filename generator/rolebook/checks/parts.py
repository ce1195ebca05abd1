"""What findings say about the parts of roles in activities, and about the activities themselves."""

from collections.abc import Iterable, Mapping, Sequence

from rolebook.checks.wording import MOST_NAMED, all_of, any_of, quoted
from rolebook.diagnostic import Related
from rolebook.model.coverage import Part
from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import transfers
from rolebook.model.raci import Involvement
from rolebook.source import Text

_MOST_PASSING = 3
"""So many hand-offs are shown at an activity without anybody."""


def is_in_use(handbook: Handbook, role: str) -> bool:
    """Whether there is such a role, in use or merged into one that is; of others RB101 and RB102 tell."""
    now = handbook.roles.get(handbook.current(role))
    return role in handbook.roles and now is not None and now.active


def assignment(handbook: Handbook, holder: str, part: Part) -> Text:
    """Where a matrix names a role, perhaps by one that was merged into it, for the first of its letters in a part."""
    letters = handbook.assigned(part.process.id, part.activity.id, part.involvements[0])
    return next(text for text in letters if handbook.current(text) == holder)


def passing(handbook: Handbook, activity: str) -> tuple[Related, ...]:
    """Where it is written what an activity, `process/activity`, takes from other processes and hands over to them."""
    return tuple(_passing(handbook).get(activity, ()))[:_MOST_PASSING]


@derived
def _passing(handbook: Handbook) -> Mapping[str, list[Related]]:
    found: dict[str, list[Related]] = {}
    for transfer in transfers(handbook):
        if transfer.giver in handbook.processes and transfer.taker in handbook.processes:
            for at in transfer.at:
                what = f"'{at}' takes {quoted(transfer.name)} from '{transfer.giver}' here"
                found.setdefault(f"{transfer.taker}/{at}", []).append(Related(at.span, what))
            for after in transfer.after:
                what = f"'{after}' hands {quoted(transfer.name)} over to '{transfer.taker}' here"
                found.setdefault(f"{transfer.giver}/{after}", []).append(Related(after.span, what))
    return found


def shortened(parts: Sequence[Part]) -> str:
    """The activities of several parts, the first few by name."""
    more = len(parts) - MOST_NAMED
    named = [f"'{part.reference}'" for part in parts[:MOST_NAMED]]
    return all_of((*named, f"{more} more") if more > 0 else named)


def only_answered_for(parts: Iterable[Part]) -> str:
    """The processes of the parts for which a role is only accountable; "" where there are none."""
    processes = (part.process.id for part in parts if part.involvements[0] is Involvement.ACCOUNTABLE)
    return any_of(f"'{process}'" for process in dict.fromkeys(processes))
