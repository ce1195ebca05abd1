"""The navigation: the chapters of the handbook, and the pages below them."""

from collections.abc import Iterable, Iterator

from rolebook.model.backlinks import processes_by_area, roles_by_function
from rolebook.model.catalogue import of_kind
from rolebook.model.handbook import Handbook
from rolebook.model.maturity import Questionnaire
from rolebook.model.process import Process
from rolebook.model.raci import Role
from rolebook.pages import procedure
from rolebook.pages.matrix_leaves import leaves
from rolebook.pages.maturity import assessments_of, in_order
from rolebook.pages.page import Chapter
from rolebook.pages.places import (
    CLAUSES,
    CONTROL,
    FINDINGS,
    FUNCTIONS,
    GLOSSARY,
    GUIDES,
    HOME,
    IMPROVEMENTS,
    INDEX_HEADINGS,
    JOBS,
    MATRIX,
    NEXT_VERSION,
    ORGANISATION,
    PROCESSES,
    PROGRAMME,
    ROLES,
    SCORECARD,
    TRAINING,
    TRAINING_CALENDAR,
    TRAINING_MATRIX,
    VERSIONS,
    place,
    scorecard_of,
)
from rolebook.pages.programme import has_programme, plans
from rolebook.pages.scorecard import areas_with_kpis
from rolebook.pages.versions import is_ahead, name
from rolebook.rendering import IN_ENGLISH, Look, Writing


def navigation(handbook: Handbook, look: Look = IN_ENGLISH) -> tuple[Chapter, ...]:
    """All chapters; processes stand by area and roles by function, under headings that open no page of their own."""
    by_area = (Chapter(a.name, "", tuple(_both(own, look))) for a, own in processes_by_area(handbook))
    by_function = (Chapter(f.name, "", _pages(handbook, "role", _ids(own))) for f, own in roles_by_function(handbook))
    chapters = (
        Chapter("Home", HOME),
        _chapter(PROCESSES, by_area),
        _chapter(ROLES, by_function),
        _chapter(FUNCTIONS, _pages(handbook, "function", handbook.functions)),
        _chapter(MATRIX, (Chapter(leaf.title(look), leaf.path) for leaf in leaves(handbook))),
        _chapter(JOBS, _by_name(_pages(handbook, "job", handbook.jobs))),
        _chapter(TRAINING, [*_training(), *_by_name(_pages(handbook, "plan", handbook.plans))]),
        _chapter(
            IMPROVEMENTS,
            [*_programme(handbook, look), *_by_name(_pages(handbook, "improvement", handbook.improvements))],
        ),
        *([_chapter(GUIDES, _by_name(_pages(handbook, "page", handbook.pages)))] if handbook.pages else []),
        *_versions(handbook, look),
        _chapter(ORGANISATION),
        _chapter(GLOSSARY),
        _chapter(CONTROL, [_chapter(CLAUSES), _chapter(FINDINGS)]),
    )
    return tuple(_said(look, chapter) for chapter in chapters)


def _both(processes: Iterable[Process], look: Look) -> Iterator[Chapter]:
    """Each process, and its procedure after it."""
    for process in processes:
        yield Chapter(process.name, place("process", process.id).page)
        yield Chapter(procedure.title(process, look), place("procedure", process.id).page)


def _training() -> Iterator[Chapter]:
    """The pages of training that tell of all plans."""
    yield _chapter(TRAINING_MATRIX)
    yield _chapter(TRAINING_CALENDAR)


def _programme(handbook: Handbook, look: Look) -> Iterator[Chapter]:
    """The chapter of the programme, where there is one: its plans, then its questionnaires with assessments below."""
    if has_programme(handbook):
        asked = (_questionnaire(handbook, one, look) for one in in_order(handbook))
        yield _chapter(PROGRAMME, [*(_plan(handbook, page) for page in plans(handbook)), *asked])


def _plan(handbook: Handbook, page: str) -> Chapter:
    areas = areas_with_kpis(handbook) if page == SCORECARD else ()
    return _chapter(page, [Chapter(area.name, scorecard_of(area.id)) for area in areas])


def _questionnaire(handbook: Handbook, questionnaire: Questionnaire, look: Look) -> Chapter:
    writing = Writing(look.speech)
    assessed = (
        Chapter(writing.plain_day(one.date), place("assessment", one.id).page)
        for one in assessments_of(handbook, questionnaire)
    )
    return Chapter(questionnaire.name, place("questionnaire", questionnaire.id).page, tuple(assessed))


def _versions(handbook: Handbook, look: Look) -> Iterator[Chapter]:
    """The chapter of the versions, the newest first, where there are any."""
    if handbook.releases:
        unreleased = [_chapter(NEXT_VERSION)] if is_ahead(handbook) else []
        releases = reversed([*handbook.releases.values()])
        released = (Chapter(name(look, release), place("release", release.id).page) for release in releases)
        yield _chapter(VERSIONS, [*unreleased, *released])


def _said(look: Look, chapter: Chapter) -> Chapter:
    """A chapter with our titles, of it and of what lies below, in the language of the handbook."""
    return Chapter(look.say(chapter.title), chapter.path, tuple(_said(look, part) for part in chapter.parts))


def _chapter(path: str, parts: Iterable[Chapter] = ()) -> Chapter:
    return Chapter(INDEX_HEADINGS[path], path, tuple(parts))


def _pages(handbook: Handbook, kind: str, ids: Iterable[str]) -> tuple[Chapter, ...]:
    return tuple(Chapter(of_kind(handbook, kind)[id].name, place(kind, id).page) for id in ids)


def _by_name(pages: Iterable[Chapter]) -> list[Chapter]:
    return sorted(pages, key=lambda page: page.title.casefold())


def _ids(entities: Iterable[Role]) -> tuple[str, ...]:
    return tuple(entity.id for entity in entities)
