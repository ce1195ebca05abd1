"""What findings say about several activities of a role at once."""

from collections.abc import Iterable, Sequence

from rolebook.checks.suggestion import meant
from rolebook.checks.wording import all_of, any_of
from rolebook.model.catalogue import called_now
from rolebook.model.coverage import Part
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Involvement
from rolebook.source import Text

_MOST_NAMED = 6


def assignment(handbook: Handbook, holder: str, part: Part) -> Text:
    """Where a matrix names a role, perhaps by one that was merged into it, for the first of its letters in a part."""
    letters = handbook.assigned(part.process.id, part.activity.id, part.involvements[0])
    return next(text for text in letters if handbook.current(text) == holder)


def without_slips(handbook: Handbook, parts: Sequence[Part], written: Iterable[str]) -> list[Part]:
    """The parts without those for which something that is written but does not exist (RB101) was probably meant."""
    slips = [reference for reference in written if "/" in reference and not handbook.activity(reference)]
    excused = {thing.reference for slip in slips if (thing := called_now(handbook, "activity", slip))}
    for process in {str(part.process.id) for part in parts}:
        local = [slip.partition("/")[2] for slip in slips if slip.startswith(f"{process}/")]
        likely = meant(local, [str(part.activity.id) for part in parts if part.process.id == process])
        excused |= {f"{process}/{activity}" for activity in likely.values()}
    return [part for part in parts if part.reference not in excused]


def shortened(parts: Sequence[Part]) -> str:
    """The activities of several parts, the first few by name."""
    more = len(parts) - _MOST_NAMED
    named = [f"'{part.reference}'" for part in parts[:_MOST_NAMED]]
    return all_of((*named, f"{more} more") if more > 0 else named)


def only_answered_for(parts: Iterable[Part]) -> str:
    """The processes of the parts for which a role is only accountable; "" where there are none."""
    processes = (part.process.id for part in parts if part.involvements[0] is Involvement.ACCOUNTABLE)
    return any_of(f"'{process}'" for process in dict.fromkeys(processes))
