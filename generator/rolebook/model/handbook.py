"""The handbook: every entity by its id, and how ids lead to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

from rolebook.model.business import BusinessCase
from rolebook.model.check_settings import USUAL, CheckSettings
from rolebook.model.communication import CommunicationPlan
from rolebook.model.completion import Completion
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.maturity import Assessment, Questionnaire
from rolebook.model.measurement import Measurement
from rolebook.model.momentum import Momentum
from rolebook.model.organisation import Function, Functions, Glossary, Organisation, RoleKind
from rolebook.model.process import Activity, Process
from rolebook.model.programme import ProgrammePlan
from rolebook.model.raci import OUTSIDE, Involvement, Matrix, Role, Row
from rolebook.model.release import NextRelease, Release, Snapshot
from rolebook.model.scorecard import Scorecard
from rolebook.model.steps import Steps
from rolebook.model.targets import Targets
from rolebook.model.training import TrainingPlan
from rolebook.model.values import Ref
from rolebook.model.written import WrittenPage
from rolebook.source import Span, Text

T = TypeVar("T")


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


class Reference(NamedTuple):
    """A place where something is referred to: the text as written, what it may name, and whose file it is in."""

    text: Text
    ref: Ref
    home: str
    """The id of the file's entity, in which local ids are looked up."""


@dataclass(frozen=True, kw_only=True)
class Handbook:
    """Everything the YAML says, by id; what it implies is worked out by `flow`, `handoffs` and `coverage`."""

    organisation: Organisation
    glossary: Glossary
    units: Functions
    processes: Mapping[str, Process]
    matrices: Mapping[str, Matrix]
    roles: Mapping[str, Role]
    jobs: Mapping[str, JobDescription]
    plans: Mapping[str, TrainingPlan]
    improvements: Mapping[str, Improvement]
    pages: Mapping[str, WrittenPage]
    """Those that are written by hand."""
    check_settings: CheckSettings = USUAL
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=_none, compare=False, repr=False)
    assessments: Mapping[str, Assessment] = field(default_factory=_none, compare=False, repr=False)
    targets: Targets | None = field(default=None, compare=False, repr=False)
    """Which levels of maturity shall be reached; None where nothing is said."""
    business_case: BusinessCase | None = field(default=None, compare=False, repr=False)
    """What the improvements cost and bring together; None where it is not reckoned."""
    programme: ProgrammePlan | None = field(default=None, compare=False, repr=False)
    """How we get there; None where nothing is planned."""
    steps: Steps | None = field(default=None, compare=False, repr=False)
    """How far the change has come in its eight steps; None where nothing is said."""
    scorecard: Scorecard | None = field(default=None, compare=False, repr=False)
    """Which figures customers are shown, and which are shared; None where nothing is said."""
    momentum: Momentum | None = field(default=None, compare=False, repr=False)
    """Successes and suggestions; None where nothing is said."""
    measurements: Mapping[str, Sequence[Measurement]] = field(default_factory=_none, compare=False, repr=False)
    """What was measured of the KPIs of a process, by its id, line by line as in its table."""
    communication: CommunicationPlan | None = field(default=None, compare=False, repr=False)
    """Who is told what; None where nothing is planned."""
    releases: Mapping[str, Release] = field(default_factory=_none, compare=False, repr=False)
    """Its versions so far, the oldest first: a record of the handbook, and no part of what it says."""
    snapshots: Mapping[str, Snapshot] = field(default_factory=_none, compare=False, repr=False)
    """What lies beside the releases, by version."""
    next_release: NextRelease | None = field(default=None, compare=False, repr=False)
    """What is to be said of the next one; None where nothing is."""
    past: Mapping[str, "Handbook"] = field(default_factory=_none, compare=False, repr=False)
    """What it said in its releases, by version, the oldest first: in the newest one, or in all, as was asked for.

    Nothing where something of it could not be read: what is missing would look as if it had been taken out.
    """
    completions: tuple[Completion, ...] = field(default=(), compare=False, repr=False)
    """How many have been trained in what, line by line: a record, and no part of what the handbook says."""
    recorded: tuple[Reference, ...] = field(default=(), compare=False, repr=False)
    """Every reference in records, which may be by a former id, also in lines of which something could not be read."""
    references: tuple[Reference, ...] = field(default=(), compare=False, repr=False)
    """Every reference in the order of the files."""
    texts: tuple[Text, ...] = field(default=(), compare=False, repr=False)
    """Every piece of prose in the order of the files."""
    lost: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    """Where something could not be read: nobody must conclude there that something is absent."""

    ids_lost: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """The paths of files in which something with an id may stand unread: an id of theirs that is not there may be."""
    _derived: dict[Callable[["Handbook"], Any], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """The units of the organisation by id; the first of two with the same."""
        return MappingProxyType(_by_id(self.units.functions))

    @cached_property
    def role_kinds(self) -> Mapping[str, RoleKind]:
        """The kinds of role by id; the first of two with the same."""
        return MappingProxyType(_by_id(self.units.role_kinds))

    @cached_property
    def _lost_by_path(self) -> Mapping[str, tuple[Span, ...]]:
        by_path: dict[str, list[Span]] = {}
        for span in self.lost:
            by_path.setdefault(span.path, []).append(span)
        return MappingProxyType({path: tuple(spans) for path, spans in by_path.items()})

    def whole(self, span: Span) -> bool:
        """Whether all that stands within `span` could be read, so that what is not there is truly absent."""
        return not any(span.contains(lost) or lost.contains(span) for lost in self.lost_in(span.path))

    def lost_in(self, path: str) -> tuple[Span, ...]:
        """Where something in the file at `path` could not be read."""
        return self._lost_by_path.get(path, ())

    def whole_file(self, path: str) -> bool:
        """Whether all of the file at `path` could be read."""
        return path not in self._lost_by_path

    def activities(self) -> Iterator[tuple[Process, Activity]]:
        """Every activity with its process, in the order of reading."""
        for process in self.processes.values():
            for activity in process.activities:
                yield process, activity

    @cached_property
    def _activities(self) -> Mapping[str, tuple[Process, Activity]]:
        return MappingProxyType({f"{p.id}/{a.id}": (p, a) for p, a in self.activities()})

    def activity(self, reference: str) -> tuple[Process, Activity] | None:
        """The activity written `process/activity` with its process; None where there is none."""
        return self._activities.get(reference)

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        rows: dict[str, Row] = {}
        for matrix in self.matrices.values():
            for row in matrix.rows:
                rows.setdefault(f"{matrix.id}/{row.activity}", row)
        return MappingProxyType(rows)

    def row(self, process: str, activity: str) -> Row | None:
        """The line of an activity in its process's matrix; None where there is none."""
        return self._rows.get(f"{process}/{activity}")

    def assigned(self, process: str, activity: str, involvement: Involvement) -> tuple[Text, ...]:
        """The roles and outside parties with that letter in an activity, as written."""
        row = self.row(process, activity)
        return row.by(involvement) if row else ()

    def current(self, role: str) -> str:
        """The id that a role's responsibilities have now: its own, or that of the role it was merged into."""
        return self._successors.get(role, role)

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        """The last of the roles that each merged one was merged into, one after the other."""
        found: dict[str, str] = {}
        for id, role in self.roles.items():
            seen = {id}
            last: Role | None = role
            while last and last.merged_into and last.merged_into not in seen:
                found[id] = last.merged_into
                seen.add(last.merged_into)
                last = self.roles.get(last.merged_into)
        return MappingProxyType(found)

    def name_of(self, reference: str) -> str:
        """What people call a role or an outside party (`outside/…`); the reference itself where it names nothing."""
        if reference.startswith(OUTSIDE):
            wanted = reference.removeprefix(OUTSIDE)
            return next((p.name for p in self.organisation.outside if p.id == wanted), reference)
        role = self.roles.get(reference)
        return role.name if role else reference


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Entity = TypeVar("Entity", bound=_HasId)


def _by_id(entities: Iterable[Entity]) -> Mapping[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity.id, entity)
    return MappingProxyType(found)


def derived(function: Callable[[Handbook], T]) -> Callable[[Handbook], T]:
    """Make a function of a handbook work its result out once for each handbook."""

    @wraps(function)
    def once(handbook: Handbook) -> T:
        if function not in handbook._derived:
            handbook._derived[function] = function(handbook)
        result: T = handbook._derived[function]
        return result

    return once
