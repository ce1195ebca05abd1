"""What a new file of each kind begins with: what the handbook knows already, and what is to be done besides."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rolebook.editing.drafts.naming import assert_ids, existing
from rolebook.editing.drafts.skeleton import Blank, Candidates, Content, skeleton
from rolebook.model.backlinks import kpis_owned
from rolebook.model.catalogue import FILES, of_kind, path_of
from rolebook.model.coverage import Part, jobs_by_role, modules_by_role, must_know, parts, taught
from rolebook.model.handbook import Handbook
from rolebook.model.maturity import AREAS, HIGHEST
from rolebook.model.raci import Involvement
from rolebook.model.values import MAX_ID
from rolebook.value import value

OFFERED = ("area", "function", "objective", "role-kind")
"""Of these there are few, so that a comment can name them all."""
HEAD = "Fill in what is empty. What stands behind a number sign may stay away; take the sign out to use it."
_MATRIX = "Who does what: R responsible, A accountable (exactly one), C consulted before, I informed after."
_MARKS = re.compile(r"([\\`*_\[\]<>#&!])")
"""What Markdown may take for a mark."""


@value()
class Draft:
    """New files by their paths, and what is to be done besides filling them in."""

    files: Mapping[str, str]
    then: tuple[str, ...] = ()


Drafting = Callable[[Handbook, str, str], Draft]
"""Drafts something new for a handbook, with this id and this name ("" where it has none yet)."""


def process(
    handbook: Handbook, id: str, name: str, *, owner: str = "", area: str = "", activities: Sequence[str] = ()
) -> Draft:
    """A process with its matrix, which has a line for each of the `activities`."""
    assert_ids(activities)
    ids = tuple(dict.fromkeys(activities)) or ("first-activity",)
    content: Content = {
        "name": name,
        "area": existing(handbook, "area", [area]),
        "owner": existing(handbook, "role", [owner]),
        "activities": [{"id": id} for id in ids],
    }
    rows: Content = {id: {"R": Blank(), "A": Blank()} for id in ids}
    then = [
        "Each further activity has a line with its id in the matrix.",
        "The roles that you name must exist: 'rolebook new role ID' makes one.",
        "What it takes and hands over stands in the other process's file, too.",
        "Whoever is R or A has a duty for it in the job description, and a module in a training plan.",
    ]
    if not activities:
        then.insert(0, "Give 'first-activity' an id that says what is done, in both files.")
    matrix = _file(handbook, "matrix", id, rows, _MATRIX)
    return Draft({**_file(handbook, "process", id, content), **matrix}, tuple(then))


def role(handbook: Handbook, id: str, name: str, *, function: str = "") -> Draft:
    """A role."""
    jobs, plans = FILES["job"].folder, FILES["plan"].folder
    then: list[str] = []
    if id not in parts(handbook):
        then.append(f"Name it where it does something, in {FILES['matrix'].folder}/.")
    if id not in jobs_by_role(handbook):
        then.append(f"Let a job carry it: add '{id}' to 'carries' in {jobs}/, or 'rolebook new job ID --carries {id}'.")
    if id not in modules_by_role(handbook):
        then.append(f"Have it trained: add '{id}' to 'who' in {plans}/, or 'rolebook new plan ID --for {id}'.")
    content: Content = {"name": name, "function": existing(handbook, "function", [function])}
    return Draft(_file(handbook, "role", id, content), tuple(then))


def job(
    handbook: Handbook, id: str, name: str, *, function: str = "", reports_to: str = "", carries: Sequence[str] = ()
) -> Draft:
    """A job description, with a duty for all that the roles it `carries` do and answer for, and an objective a KPI."""
    roles = existing(handbook, "role", carries)
    duties = [*_duties(_parts_of(handbook, roles))]
    content: Content = {
        "name": name,
        "function": existing(handbook, "function", [function]),
        "reports_to": existing(handbook, "job", [reports_to]),
        "carries": roles,
        "duties": duties or [{"duty": Blank(), "fulfils": Blank()}],
        "objectives": [*_objectives(handbook, roles)],
    }
    then = ["Have it approved by the head of its function."]
    if not reports_to:
        then.insert(0, "Name under 'reports_to' the job above it.")
    if duties:
        then.insert(0, "Say each duty in a sentence; those that belong together may become one.")
    return Draft(_file(handbook, "job", id, content), tuple(then))


def plan(handbook: Handbook, id: str, name: str, *, owner: str = "", roles: Sequence[str] = ()) -> Draft:
    """A training plan, with modules that teach the `roles` what they do and answer for."""
    trained = existing(handbook, "role", roles)
    modules = [*_modules(handbook, trained)]
    content: Content = {
        "name": name,
        "owner": existing(handbook, "role", [owner]),
        "who": {"roles": trained or Blank()},
        "when": {"within_days": Blank()},
        "how": {"formats": Blank()},
        "modules": modules or [{"id": "first-module"}],
    }
    then = ["Add to each module 'questions' with their answers, or 'observed'."]
    if not modules:
        then.insert(0, "Give 'first-module' an id that says what it teaches.")
    return Draft(_file(handbook, "plan", id, content), tuple(then))


def improvement(handbook: Handbook, id: str, name: str, *, owner: str = "") -> Draft:
    """An improvement that is proposed."""
    content: Content = {"name": name, "status": "proposed", "owner": existing(handbook, "role", [owner])}
    then = (
        "Name under 'adds' and 'changes' what it touches.",
        "Before it is approved it needs an owner, an objective, a benefit and a measure.",
    )
    return Draft(_file(handbook, "improvement", id, content), then)


def questionnaire(handbook: Handbook, id: str, name: str, *, process: str = "") -> Draft:
    """A questionnaire for a process, or for the six areas, with a question for each level."""
    about = existing(handbook, "process", [process])
    levels = range(1, HIGHEST + 1)
    questions: list[Content] = [
        {"id": f"{area}-{level}" if area else f"level-{level}", "level": str(level), **({"area": area} if area else {})}
        for area in ([""] if about else AREAS)
        for level in levels
    ]
    content: Content = {"name": name, "process": about, "questions": questions}
    then = (
        "Give each question an id that says what it asks. Two to four for each level will do.",
        f"Answer them: 'rolebook new assessment ID --questionnaire {id}' makes a place for each answer.",
    )
    return Draft(_file(handbook, "questionnaire", id, content), then)


def assessment(handbook: Handbook, id: str, name: str, *, questionnaire: str = "") -> Draft:
    """An assessment, with a place for the answer to each question of the questionnaire."""
    asked = existing(handbook, "questionnaire", [questionnaire])
    questions = handbook.questionnaires[asked[0]].questions if asked else ()
    answers: Content = {str(one.id): {"answer": Blank(one.asks), "evidence": Blank(one.shows)} for one in questions}
    content: Content = {"questionnaire": asked, "answers": answers}
    then = ["Write under 'evidence' what you saw; where a question does not apply, 'reason' in its place."]
    if not asked:
        then.insert(0, "Name the questionnaire: with '--questionnaire', each of its questions has its place.")
    return Draft(_file(handbook, "assessment", id, content), tuple(then))


def page(_: Handbook, id: str, name: str) -> Draft:
    """A page that is written by hand."""
    then = (
        "Say first, in a paragraph, whom the page is for and when: lists and searches show its first sentence.",
        "Begin each part with '## ' and its heading.",
        "Link to what the handbook holds: '[](role:ID)' shows the role's name, '[words](process:ID)' your own words.",
    )
    title = _MARKS.sub(r"\\\1", name) or id.replace("-", " ").capitalize()
    return Draft({path_of("page", id): f"# {title}\n"}, then)


def _file(handbook: Handbook, kind: str, id: str, content: Content, *head: str) -> dict[str, str]:
    known = {key: what for key, what in content.items() if what}
    return {path_of(kind, id): skeleton(FILES[kind].type, known, candidates(handbook), (*head, HEAD))}


def candidates(handbook: Handbook) -> Candidates:
    """What comments offer to choose from: of what there are few."""
    return {kind: tuple(of_kind(handbook, kind)) for kind in OFFERED}


def _parts_of(handbook: Handbook, roles: Iterable[str]) -> list[Part]:
    """What roles do or answer for, each activity once: as responsible if one of them is."""
    found: dict[str, Part] = {}
    for role in roles:
        for part in filter(must_know, parts(handbook).get(handbook.current(role), ())):
            if part.reference not in found or not _does(found[part.reference]):
                found[part.reference] = part
    return list(found.values())


def _does(part: Part) -> bool:
    """Whether it is responsible; else it only answers for it."""
    return Involvement.RESPONSIBLE in part.involvements


def _duties(own: Iterable[Part]) -> Iterator[Content]:
    answered: dict[str, str] = {}
    for part in own:
        if _does(part):
            yield {"duty": Blank(part.activity.name), "fulfils": (part.reference,)}
        else:
            answered[part.process.id] = part.process.name
    for process, name in answered.items():
        yield {"duty": Blank(f"Answers for {name}"), "answers_for": (process,)}


def _objectives(handbook: Handbook, roles: Iterable[str]) -> Iterator[Content]:
    owned = {f"{p.id}/{kpi.id}": kpi.name for role in roles for p, kpi in kpis_owned(handbook).get(role, ())}
    for reference, name in owned.items():
        yield {"objective": Blank(name), "kpi": (reference,)}


def _modules(handbook: Handbook, roles: Sequence[str]) -> Iterator[Content]:
    """A module for each process, or several where one would be crowded; for the roles that need what it teaches."""
    for process, lessons in _lessons(handbook, roles).items():
        most = max(handbook.check_settings.limits.teaches, 1)
        whole = [what for what in lessons if "/" not in what]
        activities = [what for what in lessons if "/" in what]
        groups = [activities[start : start + most] for start in range(0, len(activities), most)] or [[]]
        groups[-1] += whole
        for number, group in enumerate(groups, 1):
            id = process if len(groups) == 1 else f"{process[: MAX_ID - 4].rstrip('-')}-{number}"
            whom = [role for role in roles if any(role in lessons[what] for what in group)]
            for_whom: Content = {"for": whom} if set(whom) != set(roles) else {}
            yield {"id": id, **for_whom, "teaches": group}


def _lessons(handbook: Handbook, roles: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """What roles have not been taught yet (all of it, where they have been taught it all), by process, and whom."""
    found: dict[str, dict[str, set[str]]] = {}
    for role in roles:
        current = handbook.current(role)
        own = [part for part in parts(handbook).get(current, ()) if must_know(part)]
        for part in [part for part in own if not taught(handbook, current, part)] or own:
            what = part.reference if _does(part) else str(part.process.id)
            found.setdefault(part.process.id, {}).setdefault(what, set()).add(role)
    return found
