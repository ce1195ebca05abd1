"""Family 7, maturity: what is asked can be answered, what is answered rests on something, and a level is no claim."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.wording import MOST_NAMED, all_of, any_of, beginning, place, quoted
from rolebook.diagnostic import Edit, Finding, Fix, Related, Severity
from rolebook.loading.near import nearest
from rolebook.model.handbook import Handbook
from rolebook.model.maturity import (
    AREAS,
    HIGHEST,
    LEVELS,
    NOT_APPLICABLE,
    PARTLY,
    YES,
    Answer,
    Assessment,
    Questionnaire,
)

_SIX = "the questionnaire of the six areas"


@check("RB703", "unclear-question")
def unclear_question(handbook: Handbook) -> Iterator[Finding]:
    """A question of a questionnaire belongs to no level, or to no area or to one where there are none."""
    for questionnaire in handbook.questionnaires.values():
        for question in questionnaire.questions:
            if not 1 <= question.level <= HIGHEST:
                yield Finding(
                    question.level.span,
                    f"there is no level {question.level} that a question can belong to",
                    f"Choose one from 1 ({LEVELS[1]}) to {HIGHEST} ({LEVELS[HIGHEST]}).",
                )
            if not handbook.whole(question.span):
                continue
            if questionnaire.process is None and question.area is None:
                message = f"'{question.id}' does not say which of the six areas it is about"
                help = f"Write 'area:' with one of: {', '.join(AREAS)}; or 'process:' above, for that of a process."
                yield Finding(place(question.id), message, help)
            if questionnaire.process is not None and question.area is not None:
                message = f"'{question.id}' has an area, in the questionnaire of a process"
                yield Finding(question.area.span, message, f"Take 'area' out: it belongs into {_SIX}.")


@check("RB704", "unasked-level", Severity.WARNING)
def unasked_level(handbook: Handbook) -> Iterator[Finding]:
    """A questionnaire asks nothing about a level, so that none from there on can be reached."""
    for questionnaire in handbook.questionnaires.values():
        levels = [question.level for question in questionnaire.questions]
        if not handbook.whole_file(questionnaire.id.span.path) or not all(1 <= level <= HIGHEST for level in levels):
            continue
        for area in (None,) if questionnaire.process is not None else AREAS:
            asked = {int(one.level) for one in questionnaire.questions if one.area == area}
            left_out = [level for level in range(1, max(asked, default=1)) if level not in asked]
            if not asked:
                message, help = f"nothing is asked about '{area}'", "Add questions to it, one for each level at least."
            elif left_out:
                about = f" about '{area}'" if area else ""
                message = f"nothing is asked{about} at level {left_out[0]}, so that no level above it can be reached"
                help = f"Add a question with 'level: {left_out[0]}'."
            else:
                continue
            yield Finding(place(questionnaire.name, questionnaire.id), message, help)


@check("RB705", "asked-twice")
def asked_twice(handbook: Handbook) -> Iterator[Finding]:
    """There are two questionnaires for the same process, or for the six areas."""
    first: dict[str, Questionnaire] = {}
    for questionnaire in handbook.questionnaires.values():
        subject = str(questionnaire.process or "")
        other = first.setdefault(subject, questionnaire)
        if other is not questionnaire and handbook.whole_file(questionnaire.id.span.path):
            about = f"the process '{subject}'" if subject else "the six areas"
            message = f"there is a questionnaire for {about} already: '{other.id}'"
            related = (Related(place(other.name, other.id), "the other one"),)
            help = "Put all questions into one, and delete the other: levels found by other questions do not compare."
            yield Finding(place(questionnaire.process or questionnaire.name, questionnaire.id), message, help, related)


@check("RB706", "unfounded-answer")
def unfounded_answer(handbook: Handbook) -> Iterator[Finding]:
    """An answer belongs to no question, or says not what it rests on."""
    for assessment, questionnaire in _assessed(handbook):
        ids = [str(question.id) for question in questionnaire.questions]
        for answer in assessment.answers.given:
            if str(answer.question) not in ids:
                if handbook.whole_file(questionnaire.id.span.path):
                    yield _to_no_question(answer, questionnaire, ids)
            elif handbook.whole(answer.span):
                yield from _resting_on_nothing(answer)
        yield from _expectations(assessment, questionnaire)


def _to_no_question(answer: Answer, questionnaire: Questionnaire, ids: list[str]) -> Finding:
    near = nearest(answer.question, ids)
    message = f"'{questionnaire.id}' has no question {quoted(answer.question)}"
    related = (Related(place(questionnaire.name, questionnaire.id), "its questions stand here"),)
    if near is None:
        return Finding(answer.question.span, message, "Take it out, or write the id of the question.", related)
    fix = Fix(f"write '{near}'", safe=False, edits=(Edit(answer.question.span, near),))
    return Finding(answer.question.span, message, f"Write '{near}'.", related, fix)


def _resting_on_nothing(answer: Answer) -> Iterator[Finding]:
    if answer.answer in (YES, PARTLY) and answer.evidence is None:
        message = f"'{answer.question}' is answered with {answer.answer}, and nothing is said about what shows it"
        yield Finding(answer.answer.span, message, "Write 'evidence:' with what the assessor saw.")
    if answer.answer == NOT_APPLICABLE and answer.reason is None:
        message = f"'{answer.question}' shall not apply, and nothing is said about why"
        yield Finding(answer.answer.span, message, "Write 'reason:', or answer it with no.")
    if answer.answer != NOT_APPLICABLE and answer.reason is not None:
        message = f"'{answer.question}' has a reason for not applying, and is answered with {answer.answer}"
        yield Finding(answer.reason.span, message, "Call it 'evidence', or write 'answer: not-applicable'.")


def _expectations(assessment: Assessment, questionnaire: Questionnaire) -> Iterator[Finding]:
    levels = [assessment.expected, *(one.level for one in assessment.expected_areas)]
    for level in (one for one in levels if one is not None and one > HIGHEST):
        help = f"Choose one from 0 ({LEVELS[0]}) to {HIGHEST} ({LEVELS[HIGHEST]})."
        yield Finding(level.span, f"there is no level {level}", help)
    if questionnaire.process is None and assessment.expected is not None:
        help = "Write 'expected_areas:', and below it a line for each: '- {area: people, level: 2}'."
        yield Finding(assessment.expected.span, "each of the six areas has a level of its own", help)
    if questionnaire.process is not None and assessment.expected_areas:
        message = f"'{questionnaire.id}' is about a process, and not about the six areas"
        help = "Write 'expected:' with the one level that was expected."
        yield Finding(beginning(assessment.expected_areas[0].span), message, help)


@check("RB707", "open-question", Severity.WARNING)
def open_question(handbook: Handbook) -> Iterator[Finding]:
    """An assessment leaves questions open, which count as a no."""
    for assessment, questionnaire in _assessed(handbook):
        ids = [str(one.id) for one in questionnaire.questions]
        answered = {str(one.question) for one in assessment.answers.given}
        answered |= {nearest(id, ids) or "" for id in answered.difference(ids)}  # RB706 tells of those
        left_open = [id for id in ids if id not in answered]
        if left_open and handbook.whole_file(assessment.id.span.path):
            more = len(left_open) - MOST_NAMED
            named = [quoted(id) for id in left_open[:MOST_NAMED]] + ([f"{more} more"] if more > 0 else [])
            message = f"'{assessment.id}' does not answer {all_of(named)}"
            help = f"Answer with {any_of((YES, PARTLY, 'no', NOT_APPLICABLE))}: what is left open counts as a no."
            yield Finding(beginning(assessment.answers.span), message, help)


@dated_check("RB708", "assessment-to-come", Severity.WARNING)
def assessment_to_come(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The day on which something was assessed has not come yet."""
    for assessment in handbook.assessments.values():
        if assessment.date > today + A_DAY_ELSEWHERE:
            message = f"'{assessment.id}' was made on {assessment.date.isoformat()}, which has not come yet"
            yield Finding(assessment.date.span, message, "Write the day on which it was completed.")


def _assessed(handbook: Handbook) -> Iterator[tuple[Assessment, Questionnaire]]:
    """The assessments whose questionnaire is there."""
    for assessment in handbook.assessments.values():
        questionnaire = handbook.questionnaires.get(assessment.questionnaire)
        if questionnaire is not None:
            yield assessment, questionnaire
