"""Family 7, targets: what shall be reached is clear, is reached in time, and is there for whatever falls short."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import check, dated_check
from rolebook.checks.wording import beginning, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.gaps import targets
from rolebook.model.handbook import Handbook
from rolebook.model.levels import findings, maturity_of
from rolebook.model.maturity import AREAS, DEFINED, HIGHEST, LEVELS
from rolebook.model.targets import PATH, LevelTarget


@check("RB710", "unclear-level-target")
def unclear_level_target(handbook: Handbook) -> Iterator[Finding]:
    """A target is about no level that there is, about nothing or two things, or about one that has a target already."""
    first: dict[str, LevelTarget] = {}
    for target in targets(handbook):
        if not 1 <= target.level <= HIGHEST:
            help = f"Choose one from 1 ({LEVELS[1]}) to {HIGHEST} ({LEVELS[HIGHEST]})."
            yield Finding(target.level.span, f"there is no level {target.level} to aim at", help)
        if not handbook.whole(target.span):
            continue
        subject = target.process or target.area
        if subject is None:
            help = "Write 'process:' with its id, or 'area:' with one of the six areas."
            yield Finding(beginning(target.span), "this target does not say what shall reach it", help)
        elif target.process is not None and target.area is not None:
            message = f"this target is about the process '{target.process}' and the area '{target.area}'"
            yield Finding(
                target.area.span, message, "Make two targets of it: each has a level and a reason of its own."
            )
        elif (other := first.setdefault(target.subject, target)) is not target:
            related = (Related(beginning(other.span), "the other one"),)
            yield Finding(subject.span, f"{quoted(subject)} has a target already", "Keep one of them.", related)


@dated_check("RB711", "missed-level-target", Severity.WARNING)
def missed_level_target(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The day has passed by which a level was to be reached, and no assessment shows that it was."""
    for target in targets(handbook):
        if not target.is_clear or target.due >= today:
            continue
        now = maturity_of(handbook, target.subject).now
        if now and now.level >= target.level:
            continue
        message = f"'{target.subject}' was to reach level {target.level} by {target.due.isoformat()}"
        if now and now.assessment.date >= target.due:
            message += f", and was found at level {now.level} on {now.assessment.date.isoformat()}"
            help = "Set a new day, with what has changed as the reason, or take the target back."
        elif now:
            message += f", and was last assessed on {now.assessment.date.isoformat()}, at level {now.level}"
            help = "Assess it again, or set a new day."
        else:
            message += ", and was never assessed"
            help = "Assess it, or set a new day."
        yield Finding(target.due.span, message, help)


@check("RB712", "unaimed-subject", Severity.WARNING)
def unaimed_subject(handbook: Handbook) -> Iterator[Finding]:
    """A process or an area was found below level 3, and has no target."""
    if handbook.targets is None or not handbook.whole_file(PATH):
        return
    aimed = {str(one) for target in targets(handbook) for one in (target.process, target.area) if one}
    for subject, found in findings(handbook).items():
        now = found[-1]
        is_known = subject in handbook.processes or subject in AREAS  # RB101 tells of others
        is_read = handbook.whole_file(now.assessment.id.span.path)
        if is_known and is_read and now.level < DEFINED and subject not in aimed:
            message = f"'{subject}' was found at level {now.level}, and has no target"
            help = f"Say in {PATH} which level it shall reach, by when and why, even if it is the one that it has."
            yield Finding(now.assessment.questionnaire.span, message, help)
