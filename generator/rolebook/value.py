"""The decorator of our values: frozen dataclasses whose methods are shared instead of generated for each class.

Generating them for a hundred classes at every start takes longer than reading the reference handbook: see
`docs/decisions/0008-values-share-their-methods.md`. To `dataclasses` and type checkers they are dataclasses.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def value(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a class a frozen dataclass, compared by its type and the fields that take part in comparing.

    A default is a value that never changes: there are no factories, no `__post_init__` and no inheritance.
    """

    def decorate(cls: type[T]) -> type[T]:
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=kw_only)(cls)
        fields = dataclasses.fields(made)
        made._order = () if kw_only else tuple(f.name for f in fields)
        made._defaults = {f.name: f.default for f in fields if f.default is not MISSING}
        made._compared = tuple(f.name for f in fields if f.compare)
        made._names = frozenset(f.name for f in fields)
        for name, method in _METHODS.items():
            setattr(made, name, method)
        return cls

    return decorate


def made(cls: type[T], values: dict[str, Any]) -> T:
    """A value of a class made by `value`, from the values of its fields by name; defaults stand in for the others.

    As calling the class, without looking whether the names are right.
    """
    made_by_value: Any = cls
    self = object.__new__(cls)
    object.__setattr__(self, "__dict__", {**made_by_value._defaults, **values})
    return self


def _init(self: Any, /, *args: Any, **values: Any) -> None:
    state = self.__dict__
    state.update(self._defaults)
    if args:
        state.update(zip(self._order, args, strict=False))
    state.update(values)
    if state.keys() != self._names or len(args) > len(self._order):
        raise TypeError(f"{type(self).__name__} takes the fields {', '.join(sorted(self._names))}")


def _meaning(self: Any) -> tuple[Any, ...]:
    return tuple(map(self.__dict__.__getitem__, self._compared))


def _eq(self: Any, other: Any) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return self is other or _meaning(self) == _meaning(other)


def _hash(self: Any) -> int:
    return hash((type(self), _meaning(self)))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._compared)
    return f"{type(self).__name__}({shown})"


def _frozen(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot change '{name}' of {type(self).__name__}")


_METHODS = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
}
