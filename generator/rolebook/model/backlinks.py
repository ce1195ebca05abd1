"""The way back: what refers to a role, a job, a process, an objective, a policy or a clause."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.organisation import Area, Function
from rolebook.model.process import Kpi, Process
from rolebook.model.raci import Role
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Text
from rolebook.value import value

T = TypeVar("T")
Module = tuple[TrainingPlan, TrainingModule]


def _by_key(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


@derived
def processes_by_area(handbook: Handbook) -> tuple[tuple[Area, tuple[Process, ...]], ...]:
    """The processes by area, areas in the order of reading; areas without a process are left out."""
    found = _by_key((process.area, process) for process in handbook.processes.values())
    return tuple((area, found[area.id]) for area in handbook.organisation.areas if area.id in found)


@derived
def processes_in_order(handbook: Handbook) -> tuple[Process, ...]:
    """All processes in the order of reading: by area."""
    return tuple(process for _, processes in processes_by_area(handbook) for process in processes)


@derived
def _positions(handbook: Handbook) -> Mapping[str, int]:
    return {process.id: position for position, process in enumerate(processes_in_order(handbook))}


def in_order(handbook: Handbook, processes: Iterable[str]) -> tuple[Process, ...]:
    """The processes with these ids, in the order of reading."""
    positions = _positions(handbook)
    known = sorted(positions[process] for process in processes if process in positions)
    return tuple(processes_in_order(handbook)[position] for position in known)


@derived
def improvements_by_name(handbook: Handbook) -> tuple[Improvement, ...]:
    """All improvements in the order of their names."""
    return tuple(sorted(handbook.improvements.values(), key=lambda improvement: improvement.name.casefold()))


@derived
def roles_by_function(handbook: Handbook) -> tuple[tuple[Function, tuple[Role, ...]], ...]:
    """The roles in use by the function that holds them; functions without a role are left out."""
    found = _by_key((role.function, role) for role in handbook.roles.values() if role.active)
    return tuple((function, found[id]) for id, function in handbook.functions.items() if id in found)


@derived
def jobs_by_function(handbook: Handbook) -> tuple[tuple[Function, tuple[JobDescription, ...]], ...]:
    """The job descriptions by function; functions without a job are left out."""
    found = _by_key((job.function, job) for job in handbook.jobs.values())
    return tuple((function, found[id]) for id, function in handbook.functions.items() if id in found)


@derived
def units_of(handbook: Handbook) -> Mapping[str, tuple[Function, ...]]:
    """The smaller units that a function consists of, by its id."""
    return _by_key((f.part_of, f) for f in handbook.functions.values() if f.part_of)


@derived
def reporting_to(handbook: Handbook) -> Mapping[str, tuple[JobDescription, ...]]:
    """The jobs that report to a job, by its id."""
    return _by_key((job.reports_to, job) for job in handbook.jobs.values() if job.reports_to)


@derived
def deputising_for(handbook: Handbook) -> Mapping[str, tuple[Role, ...]]:
    """The roles that a role stands in for, by its id."""
    roles = (role for role in handbook.roles.values() if role.active)
    return _by_key((handbook.current(deputy), role) for role in roles for deputy in role.deputies)


@derived
def merged_into(handbook: Handbook) -> Mapping[str, tuple[Role, ...]]:
    """The former roles whose responsibilities a role has taken over, by its id."""
    return _by_key((handbook.current(r.id), r) for r in handbook.roles.values() if handbook.current(r.id) != r.id)


@derived
def processes_owned(handbook: Handbook) -> Mapping[str, tuple[Process, ...]]:
    """The processes that a role owns, by its id."""
    return _by_key((handbook.current(p.owner), p) for p in processes_in_order(handbook))


@derived
def kpis_owned(handbook: Handbook) -> Mapping[str, tuple[tuple[Process, Kpi], ...]]:
    """The KPIs that a role owns with their processes, by its id."""
    return _by_key((handbook.current(k.owner), (p, k)) for p in processes_in_order(handbook) for k in p.kpis)


@derived
def not_together(handbook: Handbook) -> Mapping[str, tuple[tuple[str, Text], ...]]:
    """The roles that must not be held together with a role, with the reason, whichever of the two says so."""
    found: dict[str, dict[str, Text]] = {}
    for role in handbook.roles.values():
        for one in role.incompatible_with:
            found.setdefault(role.id, {})[one.role] = one.reason
            found.setdefault(one.role, {}).setdefault(role.id, one.reason)
    return {role: tuple(others.items()) for role, others in found.items()}


@derived
def prepared_by(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The quick wins that lead to an improvement, by its id."""
    return _by_key((i.leads_to, i) for i in handbook.improvements.values() if i.leads_to)


@derived
def replaced_by(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that replace an earlier one, by its id."""
    return _by_key((replaced, i) for i in handbook.improvements.values() for replaced in i.replaces)


@derived
def modules_teaching(handbook: Handbook) -> Mapping[str, tuple[Module, ...]]:
    """The training modules that teach an activity (`process/activity`) or a process, by its reference."""
    modules = ((plan, module) for plan in handbook.plans.values() for module in plan.modules)
    return _by_key((what, (plan, module)) for plan, module in modules for what in module.teaches)


@derived
def roles_by_module(handbook: Handbook) -> Mapping[str, tuple[str, ...]]:
    """The ids of the roles that take a training module, by `plan/module`."""
    taken = modules_by_role(handbook).items()
    return _by_key((f"{plan.id}/{module.id}", role) for role, own in taken for plan, module in own)


@derived
def processes_keeping(handbook: Handbook) -> Mapping[str, tuple[Process, ...]]:
    """The processes that keep a policy, by its id."""
    return _by_key((policy, process) for process in processes_in_order(handbook) for policy in process.policies)


@derived
def processes_satisfying(handbook: Handbook) -> Mapping[str, tuple[Process, ...]]:
    """The processes that satisfy a clause, by `standard/clause`."""
    return _by_key((clause, process) for process in processes_in_order(handbook) for clause in process.satisfies)


@value()
class Service:
    """What serves an objective."""

    processes: tuple[Process, ...]
    kpis: tuple[tuple[Process, Kpi], ...]
    improvements: tuple[Improvement, ...]


@derived
def serving(handbook: Handbook) -> Mapping[str, Service]:
    """What serves each objective of the organisation, by its id."""
    processes = _by_key((o, process) for process in processes_in_order(handbook) for o in process.objectives)
    kpis = _by_key((kpi.objective, (p, kpi)) for p in processes_in_order(handbook) for kpi in p.kpis)
    improvements = _by_key((i.objective, i) for i in handbook.improvements.values() if i.objective)
    return {
        o.id: Service(processes.get(o.id, ()), kpis.get(o.id, ()), improvements.get(o.id, ()))
        for o in handbook.organisation.objectives
    }
