"""What a course is wanted for: a role by its id, with all modules that it takes, or a module, written `plan/module`."""

from rolebook.loading.near import nearest
from rolebook.model.backlinks import Module
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Role
from rolebook.pages.packs import NoPack, chosen, untrained
from rolebook.value import value


@value()
class Wanted:
    """The modules of a course, and the role that it is for; None where it is for whoever takes the module."""

    name: str
    """What its file is called, without an ending."""
    role: Role | None
    modules: tuple[Module, ...]


def wanted(handbook: Handbook, name: str) -> Wanted:
    """The course of a role, or of a module; NoPack for a name that nothing has, and for a role that no plan trains."""
    known = {f"{plan.id}/{module.id}": (plan, module) for plan in handbook.plans.values() for module in plan.modules}
    if name in known:
        return Wanted(name.replace("/", "--"), None, (known[name],))
    if name not in handbook.roles:
        raise NoPack(_unknown(handbook, name, [*known]))
    role = chosen(handbook, [name], [])[0]
    if reason := untrained(handbook, role):
        raise NoPack(reason)
    return Wanted(role, handbook.roles[role], modules_by_role(handbook)[role])


def _unknown(handbook: Handbook, name: str, modules: list[str]) -> str:
    """Why there is no course of that name, and what may have been meant."""
    if name in handbook.plans:
        own = ", ".join(f"'{module}'" for module in modules if module.startswith(f"{name}/"))
        return f"'{name}' is a training plan; name one of its modules" + (f": {own}" if own else "")
    kind, ids = ("module", modules) if "/" in name else ("role or module", [*map(str, handbook.roles), *modules])
    near = nearest(name, ids) or _by_its_last_part(name, modules)
    return f"there is no {kind} '{name}'; " + (f"did you mean '{near}'?" if near else "write PLAN/MODULE for a module")


def _by_its_last_part(name: str, modules: list[str]) -> str | None:
    """The module that is called so, whatever its plan."""
    last = name.rpartition("/")[2]
    return next((module for module in modules if module.partition("/")[2] == last), None)
