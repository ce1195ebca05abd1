"""Where we are now: the levels of areas and processes, the page of each assessment, and each questionnaire to print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rolebook.drawing.radar import Radar, radar
from rolebook.model.handbook import Handbook
from rolebook.model.levels import Found, Maturity, found, of_subject
from rolebook.model.maturity import AREAS, HIGHEST, LEVELS, Assessment, MaturityQuestion, Questionnaire
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import (
    place,
)
from rolebook.rendering import Links, Writing


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment: what was found of each subject, and what had been found of it before."""

    assessment: Assessment
    questionnaire: Questionnaire
    found: tuple[Maturity, ...]
    radar: Radar | None
    shapes: tuple[tuple[str, str], ...]
    levels: tuple[str, ...] = LEVELS


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """A questionnaire to be printed and filled in, by level, and by area where it is that of the six."""

    questionnaire: Questionnaire
    parts: tuple[tuple[str, int, tuple[MaturityQuestion, ...]], ...]
    """The area ("" for a process), the level, and its questions."""
    assessments: tuple[Assessment, ...]
    levels: tuple[str, ...] = LEVELS


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each assessment and questionnaire."""
    writing = Writing(links.look.speech)
    for assessment in handbook.assessments.values():
        if questionnaire := handbook.questionnaires.get(assessment.questionnaire):
            yield _assessment(handbook, links, writing, assessment, questionnaire)
    for questionnaire in handbook.questionnaires.values():
        yield _worksheet(handbook, links, writing, questionnaire)


def assessments_of(handbook: Handbook, questionnaire: Questionnaire) -> tuple[Assessment, ...]:
    """The assessments that used a questionnaire, the newest first."""
    own = (one for one in handbook.assessments.values() if one.questionnaire == questionnaire.id)
    return tuple(sorted(own, key=lambda one: (one.date, str(one.id)), reverse=True))


def in_order(handbook: Handbook) -> list[Questionnaire]:
    """The questionnaires: that of the six areas, then those of processes by name."""
    return sorted(handbook.questionnaires.values(), key=lambda one: (one.process is not None, one.name.casefold()))


def _assessment(
    handbook: Handbook, links: Links, writing: Writing, assessment: Assessment, questionnaire: Questionnaire
) -> Page:
    subjects = tuple(
        Maturity.of(one.subject, _until(of_subject(handbook, one.subject), one))
        for one in found(questionnaire, assessment)
    )
    drawing, shapes = drawn(subjects, writing) if questionnaire.process is None else (None, ())
    view = AssessmentView(assessment, questionnaire, subjects, drawing, shapes)
    title = links.look.say("{questionnaire}: assessment of {day}").format(
        questionnaire=questionnaire.name, day=writing.plain_day(assessment.date)
    )
    return compose(
        handbook,
        links,
        place("assessment", assessment.id).page,
        "assessment",
        view,
        _parts(view, writing),
        title=title,
        description="What an assessment of maturity found: the level, what is strong, and what is missing.",
        source=assessment.span,
    )


def _parts(view: AssessmentView, writing: Writing) -> Iterator[Part]:
    yield Part("section_result", "Result")
    several = len(view.found) > 1
    for each in view.found:
        name = writing.heading(each.subject)
        if several:
            yield Part("subject", name, id=f"area_{each.subject}", about={"subject": each})
        level = 3 if several else 2
        prefix = f"{each.subject}_" if several else ""
        if each.now:
            about = {"found": each.now}
            yield Part("missing", "Missing for the next level", id=f"missing_{prefix}", level=level, about=about)
            yield Part("strengths", "Strong already", id=f"strong_{prefix}", level=level, about=about)
            yield Part("answers", "All answers", id=f"answers_{prefix}", level=level, about=about)


def _worksheet(handbook: Handbook, links: Links, writing: Writing, questionnaire: Questionnaire) -> Page:
    areas = AREAS if questionnaire.process is None else (None,)
    parts = tuple(
        (area or "", level, own)
        for area in areas
        for level in range(1, HIGHEST + 1)
        if (own := tuple(q for q in questionnaire.questions if q.area == area and q.level == level))
    )
    view = WorksheetView(questionnaire, parts, assessments_of(handbook, questionnaire))
    return compose(
        handbook,
        links,
        place("questionnaire", questionnaire.id).page,
        "questionnaire",
        view,
        _sheets(parts, writing),
        title=links.look.say("{questionnaire}: questionnaire").format(questionnaire=questionnaire.name),
        description="A questionnaire of maturity, to be printed and filled in.",
        source=questionnaire.span,
    )


def _sheets(parts: Iterable[tuple[str, int, tuple[MaturityQuestion, ...]]], writing: Writing) -> Iterator[Part]:
    last = ""
    for area, level, questions in parts:
        if area and area != last:
            yield Part("nothing", writing.heading(area), id=f"area_{area}")
        last = area
        heading = f"{level}: {writing.heading(LEVELS[level])}"
        id = f"level_{area}_{level}" if area else f"level_{level}"
        yield Part("questions", heading, id=id, level=3 if area else 2, about={"questions": questions})


def _until(of_it: tuple[Found, ...], last: Found) -> tuple[Found, ...]:
    """What was found of a subject up to one assessment."""
    ids = [str(one.assessment.id) for one in of_it]
    return of_it[: ids.index(str(last.assessment.id)) + 1]


def drawn(subjects: tuple[Maturity, ...], writing: Writing) -> tuple[Radar | None, tuple[tuple[str, str], ...]]:
    """The areas as a drawing, and what its shapes stand for; None where nothing was found."""
    now = [one.now for one in subjects if one.now]
    if len(now) < len(subjects):
        return None, ()
    before = [one.before for one in subjects if one.before]
    shapes = [("now", writing.plain_day(now[0].assessment.date), [float(one.progress) for one in now])]
    if len(before) == len(subjects):
        then = ("before", writing.plain_day(before[0].assessment.date), [float(one.progress) for one in before])
        shapes.insert(0, then)
    names = [writing.heading(one.subject) for one in subjects]
    drawing = radar(names, [values for _, _, values in shapes], HIGHEST)
    return drawing, tuple((what, day) for what, day, _ in shapes)
