"""Everything in a handbook that has an id, and how references lead to it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rolebook.model.belonging import FIELDS, OWNERS
from rolebook.model.handbook import Handbook, Reference, derived
from rolebook.model.kinds import ALL_KINDS, SNAPSHOTS
from rolebook.model.organisation import Organisation
from rolebook.model.process import ANY_PROCESS, END, Process, TakesFrom
from rolebook.model.raci import OUTSIDE
from rolebook.model.training import TrainingPlan
from rolebook.model.values import ID_PATTERN, VERSION_PATTERN
from rolebook.source import Text

_WORDS = (END, ANY_PROCESS)
FILES = {kind.name: kind for kind in (*ALL_KINDS, SNAPSHOTS)}
"""The kinds of file by name."""
_DECLARED_IN = {
    **OWNERS,
    "term": "glossary",
    "function": "functions",
    "role-kind": "functions",
    "objective": "organisation",
    "policy": "organisation",
    "outside": "organisation",
    "clause": "organisation",
    "area": "organisation",
    "phase": "programme-plan",
    "milestone": "programme-plan",
}


class Thing(NamedTuple):
    """Something that can be referred to: `reference` is how other files write it, `id` stands where it is declared."""

    kind: str
    reference: str
    id: Text
    name: str = ""
    also: tuple[Text, ...] = ()
    formerly: tuple[Text, ...] = ()

    @property
    def owner(self) -> str:
        """What stands before the slash of its reference: its process, plan or standard; "" where there is none."""
        return self.reference.rpartition("/")[0]

    def former_references(self) -> Iterator[tuple[Text, str]]:
        """The ids that it had before: as written, and as another file wrote them."""
        for former in self.formerly:
            complete = former if "/" in former or not self.owner else f"{self.owner}/{former}"
            yield former, str(complete)


def path_of(kind: str, reference: str) -> str:
    """The file in which something of this kind is declared, relative to the handbook."""
    owner, slash, _ = reference.partition("/")
    file = FILES[_DECLARED_IN.get(kind, kind)]
    return file.path(owner if slash else reference)


def may_be_lost(handbook: Handbook, kind: str, reference: str) -> bool:
    """Whether something that is not there may be there under a slip that is reported.

    Its folder, its file, or a part of it that has an id, could not be read; the file lies elsewhere or has a name that
    is no id; or an id stands twice in it, one of them perhaps in place of this one.
    """
    path = path_of(kind, reference)
    folder = path.rpartition("/")[0]
    lost = path in handbook.ids_lost or folder in handbook.ids_lost or path in files_with_an_id_twice(handbook)
    return lost or any(stem in _misnamed(handbook) for stem in _stems(path))


def all_read(handbook: Handbook, kind: str) -> bool:
    """Whether every file of a kind could be read completely, so that what is in none of them is truly absent."""
    folder = f"{FILES[kind].folder}/"
    return all(_has_its_place(span.path) and not span.path.startswith(folder) for span in handbook.lost)


@derived
def _misnamed(handbook: Handbook) -> frozenset[str]:
    """What files that lie where none of a handbook does, or whose name is no id, were probably meant to be called."""
    paths = {span.path for span in handbook.lost}
    return frozenset(stem for path in paths if not (_has_its_place(path) and _has_an_id(path)) for stem in _stems(path))


def _has_its_place(path: str) -> bool:
    folder = path.rpartition("/")[0]
    return any(
        path == kind.pattern if kind.single else folder == kind.folder and path.endswith(kind.ending)
        for kind in ALL_KINDS
    )


def _has_an_id(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    pattern = VERSION_PATTERN if folder == FILES["release"].folder else ID_PATTERN
    return re.fullmatch(pattern, name.rpartition(".")[0], re.ASCII) is not None


def _stems(path: str) -> set[str]:
    """A file's name as an id, without its last ending and without all of them."""
    name = path.rpartition("/")[2].lower()
    return {re.sub(r"[^a-z0-9]+", "-", stem).strip("-") for stem in (name.rpartition(".")[0], name.partition(".")[0])}


@derived
def files_with_an_id_twice(handbook: Handbook) -> frozenset[str]:
    """The files in which two things have the same id."""
    found: set[str] = set()
    for ids in ids_by_file(handbook):
        count = Counter(id for id in ids if id)
        found.update(id.span.path for id in ids if count[id] > 1)
    return frozenset(found)


def ids_by_file(handbook: Handbook) -> Iterator[list[Text]]:
    """The ids that must differ, since they stand in one file; "" where one could not be read."""
    organisation = handbook.organisation
    yield [
        *(area.id for area in organisation.areas),
        *(objective.id for objective in organisation.objectives),
        *(policy.id for policy in organisation.policies),
        *(party.id for party in organisation.outside),
        *(standard.id for standard in organisation.standards),
    ]
    for standard in organisation.standards:
        yield [clause.id for clause in standard.clauses]
    yield [term.id for term in handbook.glossary.terms]
    yield [*(function.id for function in handbook.units.functions), *(kind.id for kind in handbook.units.role_kinds)]
    if handbook.communication:
        yield [communication.id for communication in handbook.communication.communications]
    if programme := handbook.programme:
        yield [
            *(phase.id for phase in programme.phases),
            *(milestone.id for milestone in programme.milestones),
            *(deliverable.id for deliverable in programme.deliverables),
            *(risk.id for risk in programme.risks),
            *(factor.id for factor in programme.success_factors),
        ]
    if handbook.momentum:
        yield [suggestion.id for suggestion in handbook.momentum.suggestions]
    for process in handbook.processes.values():
        yield [
            *(taken.id for taken in process.takes if isinstance(taken, TakesFrom)),
            *(activity.id for activity in process.activities),
            *(given.id for given in process.hands_over),
            *(kpi.id for kpi in process.kpis),
            *(control.id for control in process.controls),
            *(record.id for record in process.records),
        ]
    for plan in handbook.plans.values():
        yield [module.id for module in plan.modules]


def written_out(reference: Reference) -> tuple[tuple[str, ...], str]:
    """The kinds of thing that a reference may name, and the reference as any other file would write it."""
    text, ref = str(reference.text), reference.ref
    if ref.prefixed:
        kind, _, rest = text.partition(":")
        return ((kind,) if kind in ref.kinds else ()), rest
    kinds = tuple(kind for kind in ref.kinds if kind not in _WORDS)
    return kinds, f"{reference.home}/{text}" if ref.local else text


def is_word(reference: Reference) -> bool:
    """Whether a reference is `end` or `any-process` where that may stand."""
    return reference.text in _WORDS and reference.text in reference.ref.kinds


@derived
def resolved(handbook: Handbook) -> tuple[tuple[Reference, Thing | None], ...]:
    """Every reference with what it leads to; None where it leads nowhere (or is a word such as `end`)."""
    found = catalogue(handbook)
    by_field: dict[int, list[Mapping[str, Thing]]] = {}
    targets: list[tuple[Reference, Thing | None]] = []
    for reference in handbook.references:
        text, ref, home = reference
        if ref.prefixed:
            (*kinds,), wanted = written_out(reference)
            places = [found[kind] for kind in kinds if kind in found]
        else:
            wanted = f"{home}/{text}" if ref.local else text
            if (known := by_field.get(id(ref))) is None:
                known = by_field[id(ref)] = [found[kind] for kind in ref.kinds if kind in found]
            places = known
        thing = None
        for things_of_kind in places:
            if thing := things_of_kind.get(wanted):
                break
        targets.append((reference, thing))
    return tuple(targets)


def of_kind(handbook: Handbook, kind: str) -> Mapping[str, Thing]:
    """Everything of one kind, by reference."""
    return catalogue(handbook).get(kind, MappingProxyType({}))


@derived
def catalogue(handbook: Handbook) -> Mapping[str, Mapping[str, Thing]]:
    """Everything that can be referred to, by kind and by reference; the first of two that share one."""
    found: dict[str, dict[str, Thing]] = {}
    for thing in things(handbook):
        found.setdefault(thing.kind, {}).setdefault(thing.reference, thing)
    return MappingProxyType(found)


@derived
def things(handbook: Handbook) -> tuple[Thing, ...]:
    """Everything that can be referred to, in the order of the files."""
    found = (*_of_organisation(handbook.organisation), *_of_files(handbook))
    return tuple(thing for thing in found if thing.id)


@derived
def renamed(handbook: Handbook) -> Mapping[tuple[str, str], Thing]:
    """What former ids mean now, by kind and by the reference as it was once written."""
    found: dict[tuple[str, str], Thing] = {}
    for thing in things(handbook):
        for _, former in thing.former_references():
            found.setdefault((thing.kind, former), thing)
    return MappingProxyType(found)


def called_now(handbook: Handbook, kind: str, reference: str) -> Thing | None:
    """What a reference means that was right before something was renamed: the thing itself, or what it belongs to."""
    if thing := renamed(handbook).get((kind, reference)):
        return thing
    owner, slash, local = reference.partition("/")
    owning = renamed(handbook).get((_DECLARED_IN.get(kind, kind), owner)) if slash else None
    return of_kind(handbook, kind).get(f"{owning.reference}/{local}") if owning else None


def _of_organisation(organisation: Organisation) -> Iterator[Thing]:
    for area in organisation.areas:
        yield Thing("area", area.id, area.id, area.name)
    for objective in organisation.objectives:
        yield Thing("objective", objective.id, objective.id, objective.name)
    for policy in organisation.policies:
        yield Thing("policy", policy.id, policy.id, policy.name)
    for party in organisation.outside:
        yield Thing("outside", OUTSIDE + party.id, party.id, party.name)
    for standard in organisation.standards:
        for clause in standard.clauses:
            yield Thing("clause", f"{standard.id}/{clause.id}", clause.id, f"{standard.name}, {clause.number}")


def _of_files(handbook: Handbook) -> Iterator[Thing]:
    for term in handbook.glossary.terms:
        yield Thing("term", term.id, term.id, term.name, term.also)
    for process in handbook.processes.values():
        yield Thing("process", process.id, process.id, process.name, formerly=process.formerly)
        yield from _belonging("process", process)
    for improvement in handbook.improvements.values():
        yield Thing("improvement", improvement.id, improvement.id, improvement.name, formerly=improvement.formerly)
    yield from _of_programme(handbook)
    for function in handbook.units.functions:
        yield Thing("function", function.id, function.id, function.name, formerly=function.formerly)
    for kind in handbook.units.role_kinds:
        yield Thing("role-kind", kind.id, kind.id, kind.name)
    for role in handbook.roles.values():
        yield Thing("role", role.id, role.id, role.name, role.aliases, role.formerly)
    for job in handbook.jobs.values():
        yield Thing("job", job.id, job.id, job.name, formerly=job.formerly)
    for plan in handbook.plans.values():
        yield Thing("plan", plan.id, plan.id, plan.name, formerly=plan.formerly)
        yield from _belonging("plan", plan)
    for page in handbook.pages.values():
        yield Thing("page", page.id, page.id, page.name)


def _of_programme(handbook: Handbook) -> Iterator[Thing]:
    for questionnaire in handbook.questionnaires.values():
        yield Thing("questionnaire", questionnaire.id, questionnaire.id, questionnaire.name)
    if programme := handbook.programme:
        for phase in programme.phases:
            yield Thing("phase", f"plan/{phase.id}", phase.id, phase.name)
        for milestone in programme.milestones:
            yield Thing("milestone", f"plan/{milestone.id}", milestone.id, milestone.name)


def _belonging(owner: str, whole: Process | TrainingPlan) -> Iterator[Thing]:
    for kind, field in FIELDS.items():
        for one in getattr(whole, field) if OWNERS[kind] == owner else ():
            yield Thing(kind, f"{whole.id}/{one.id}", one.id, one.name, formerly=one.formerly)
