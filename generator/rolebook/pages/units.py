"""The organisation as a tree: each unit with its head, its roles, and the smaller units in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.model.backlinks import roles_by_function, units_of
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Function
from rolebook.model.raci import Role


@dataclass(frozen=True, slots=True)
class Unit:
    """A function, its roles besides its head, and the functions that are part of it."""

    function: Function
    roles: tuple[Role, ...]
    units: tuple["Unit", ...]


def chart(handbook: Handbook) -> tuple[Unit, ...]:
    """The units that belong to no larger one, with all that lies below them."""
    roles = {function.id: own for function, own in roles_by_function(handbook)}

    def below(functions: Iterable[Function], above: frozenset[str]) -> tuple[Unit, ...]:
        return tuple(
            Unit(
                function,
                tuple(role for role in roles.get(function.id, ()) if role.id != function.head),
                below(units_of(handbook).get(function.id, ()), above | {function.id}),
            )
            for function in functions
            if function.id not in above  # a unit that is part of itself is an error of its own
        )

    return below((f for f in handbook.functions.values() if f.part_of not in handbook.functions), frozenset())
