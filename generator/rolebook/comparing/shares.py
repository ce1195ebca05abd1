"""What is a role's own in one handbook, by references that hold in the newer of two."""

from collections.abc import Mapping
from typing import NamedTuple

from rolebook.comparing.change import Subject
from rolebook.comparing.matching import OWNERS, Key
from rolebook.model.backlinks import kpis_owned, processes_owned
from rolebook.model.coverage import modules_by_role, parts
from rolebook.model.handbook import Handbook
from rolebook.model.partners import passages_by_role


class Share(NamedTuple):
    """An activity in which a role takes part, and its letters there."""

    thing: Subject
    letters: tuple[str, ...]


class Shares:
    """What roles have in a handbook; `names` leads to what things are called in the newer one."""

    def __init__(self, handbook: Handbook, names: Mapping[Key, str]) -> None:
        self._handbook = handbook
        self._names = names

    def is_active(self, role: str) -> bool:
        """Whether there is such a role, in use."""
        return role in self._handbook.roles and self._handbook.roles[role].active

    def parts(self, role: str) -> dict[str, Share]:
        """The activities that a role takes part in, by reference."""
        found: dict[str, Share] = {}
        for part in parts(self._handbook).get(role, ()):
            reference = self._today("activity", part.reference)
            thing = Subject("activity", reference, str(part.activity.name))
            found[reference] = Share(thing, tuple(str(letter.value) for letter in part.involvements))
        return found

    def owned(self, role: str) -> dict[Key, Subject]:
        """The processes and KPIs that a role answers for, by kind and reference."""
        found = [Subject("process", str(p.id), str(p.name)) for p in processes_owned(self._handbook).get(role, ())]
        kpis = kpis_owned(self._handbook).get(role, ())
        found += [Subject("kpi", f"{process.id}/{kpi.id}", str(kpi.name)) for process, kpi in kpis]
        now = (Subject(one.kind, self._today(one.kind, one.reference), one.name) for one in found)
        return {(one.kind, one.reference): one for one in now}

    def partners(self, role: str) -> dict[str, None]:
        """The roles and parties outside to which a role hands work over, or from which it takes work."""
        if role not in passages_by_role(self._handbook):
            return {}
        passages = passages_by_role(self._handbook)[role]
        sides = [*(p.givers for p in passages.taken), *(p.takers for p in passages.given)]
        return dict.fromkeys(self._today("role", one) for side in sides for one in side if one != role)

    def training(self, role: str) -> dict[str, Subject]:
        """The training modules that a role takes, by `plan/module`."""
        found: dict[str, Subject] = {}
        for plan, module in modules_by_role(self._handbook).get(role, ()):
            reference = self._today("module", f"{plan.id}/{module.id}")
            found[reference] = Subject("module", reference, str(module.name))
        return found

    def _today(self, kind: str, reference: str) -> str:
        if now := self._names.get((kind, reference)):
            return now
        owner, slash, local = reference.partition("/")
        moved = self._names.get((OWNERS.get(kind, ""), owner)) if slash else None
        return f"{moved}/{local}" if moved else reference
