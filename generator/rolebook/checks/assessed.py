"""Family 6, assessed: an improvement begins with a look at what there is, closes a gap, and is looked at afterwards."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.improvements import AGREED
from rolebook.checks.wording import all_of, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.backlinks import replaced_by
from rolebook.model.catalogue import all_read
from rolebook.model.figures import State
from rolebook.model.gaps import REACHED, Gap, gap_by_subject
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.levels import Found, of_subject
from rolebook.model.proof import Proof, proof
from rolebook.model.values import Day
from rolebook.source import Text


@dated_check("RB612", "work-before-assessment", Severity.WARNING)
def work_before_assessment(handbook: Handbook, today: date) -> Iterator[Finding]:
    """An improvement was approved in a process that had not been assessed by then."""
    for improvement in _agreed(handbook):
        if improvement.approval is None:
            continue  # RB605 tells of it
        approved = improvement.approval.approved
        unseen = [
            (process, element)
            for process, element in worked_on(handbook, improvement).items()
            if not _was_seen([found.assessment.date for found in of_subject(handbook, process)], approved, today)
        ]
        if unseen:
            message = f"'{improvement.id}' was approved on {approved.isoformat()}, when"
            message += f" {_had(process for process, _ in unseen)} not been assessed"
            help = _how_to_look(handbook, unseen[0][0])
            yield Finding(unseen[0][1].span, message, help, (Related(approved.span, "it was approved here"),))


def _was_seen(days: list[Day], approved: Day, today: date) -> bool:
    """Whether one of some assessments was there by the approval; or is of a day to come (RB708), and was perhaps."""
    return any(day <= approved or day > today + A_DAY_ELSEWHERE for day in days)


def _how_to_look(handbook: Handbook, process: str) -> str:
    first = next(iter(of_subject(handbook, process)), None)
    if first:
        seen = f"'{first.assessment.id}' of {first.assessment.date.isoformat()} shows it as it was on the way"
        return f"Write down what was found before, if somebody looked; {seen}."
    asked = next((str(one.id) for one in handbook.questionnaires.values() if one.process == process), None)
    if asked:
        return (
            f"Assess it now, before more is changed: 'rolebook new assessment {asked}-first --questionnaire {asked}'."
        )
    return (
        f"Ask first: 'rolebook new questionnaire {process} --process {process}', and assess it before more is changed."
    )


@dated_check("RB613", "no-reassessment", Severity.WARNING)
def no_reassessment(handbook: Handbook, today: date) -> Iterator[Finding]:
    """Long after an improvement was achieved, its processes have not been assessed again."""
    most = handbook.check_settings.limits.days_to_reassess
    for improvement in _agreed(handbook):
        achieved = improvement.achieved
        if improvement.status != Status.ACHIEVED.value or achieved is None or (today - achieved).days <= most:
            continue
        if any(one.status == Status.ACHIEVED.value for one in replaced_by(handbook).get(improvement.id, ())):
            continue  # what replaced it is looked at
        old: dict[str, Found] = {}
        for process in worked_on(handbook, improvement):
            found = of_subject(handbook, process)
            if found and found[-1].assessment.date < achieved:
                old[process] = found[-1]
        if old:
            message = (
                f"'{improvement.id}' was achieved on {achieved.isoformat()}, and {_has(old)} not been assessed since"
            )
            last = next(iter(old.values())).assessment
            help = f"Assess {'it' if len(old) == 1 else 'them'} with the same questionnaire: '{last.questionnaire}'."
            related = tuple(
                Related(one.assessment.date.span, f"'{process}' was last assessed here") for process, one in old.items()
            )
            yield Finding(achieved.span, message, help, related)


@check("RB614", "improvement-without-gap", Severity.WARNING)
def improvement_without_gap(handbook: Handbook) -> Iterator[Finding]:
    """An improvement is under way where the level and the KPI that it is measured by have reached their targets."""
    for improvement in _agreed(handbook):
        if improvement.status == Status.ACHIEVED.value:
            continue
        gaps = [gap_by_subject(handbook).get(process) for process in worked_on(handbook, improvement)]
        shown = proof(handbook, improvement)
        reached = [gap for gap in gaps if gap is not None and gap.place == REACHED]
        if gaps and len(reached) == len(gaps) and shown and shown.figure.state is State.REACHED:
            yield _without_gap(improvement, reached, shown)


def _without_gap(improvement: Improvement, reached: list[Gap], shown: Proof) -> Finding:
    levels = all_of(f"'{gap.subject}' has its level {gap.target.level}" for gap in reached)
    message = f"'{improvement.id}' closes no gap: {levels}, and {quoted(shown.figure.reference)} meets its target"
    related = (
        *(Related(gap.target.level.span, f"the target of '{gap.subject}'") for gap in reached),
        Related(shown.figure.kpi.id.span, "the KPI"),
    )
    help = "Aim higher where that is worth it, let it be measured by what is still short, or give it up."
    return Finding(improvement.status.span, message, help, related)


def worked_on(handbook: Handbook, improvement: Improvement) -> dict[str, Text]:
    """The processes in which an improvement adds or changes something, with the first thing that it names there."""
    found: dict[str, Text] = {}
    for element in (*improvement.adds, *improvement.changes):
        process, slash, _ = element.partition(":")[2].partition("/")
        if slash and process in handbook.processes:
            found.setdefault(process, element)
    return found


def _agreed(handbook: Handbook) -> Iterator[Improvement]:
    """The agreed improvements of a handbook in which all assessments are known; none where nothing is assessed."""
    known = all(one.questionnaire in handbook.questionnaires for one in handbook.assessments.values())
    known &= all(one.process is None or one.process in handbook.processes for one in handbook.questionnaires.values())
    if handbook.questionnaires and known and all(all_read(handbook, kind) for kind in ("questionnaire", "assessment")):
        for improvement in handbook.improvements.values():
            if improvement.status in AGREED and handbook.whole_file(improvement.id.span.path):
                yield improvement


def _had(processes: Iterator[str]) -> str:
    return f"{all_of(map(quoted, processes))} had"


def _has(processes: dict[str, Found]) -> str:
    return f"{all_of(map(quoted, processes))} {'has' if len(processes) == 1 else 'have'}"
