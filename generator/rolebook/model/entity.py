"""The decorator of the model's values: frozen dataclasses whose methods are shared instead of generated.

Generating the methods of fifty frozen dataclasses takes longer than reading the reference handbook (see
`docs/decisions/0008-entities.md`); these are dataclasses to `dataclasses` and to type checkers all the same.
"""

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def entity(cls: type[T]) -> type[T]:
    """Make `cls` a frozen dataclass with keyword-only fields, compared by meaning: spans take no part in equality.

    Every entity has a field `span`. A default must be a value that never changes: no factories.
    """
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(cls)
    fields = dataclasses.fields(made)
    made._defaults = {f.name: f.default for f in fields if f.default is not MISSING}
    made._compared = tuple(f.name for f in fields if f.compare)
    made._names = frozenset(f.name for f in fields)
    made.__init__ = _init
    made.__eq__ = _eq
    made.__hash__ = _hash
    made.__repr__ = _repr
    made.__setattr__ = _frozen
    made.__delattr__ = _frozen
    return cls


def _init(self: Any, /, **values: Any) -> None:
    state = self.__dict__
    state.update(self._defaults)
    state.update(values)
    if state.keys() != self._names:
        wrong = ", ".join(sorted(state.keys() ^ self._names))
        raise TypeError(f"{type(self).__name__} got the wrong fields: {wrong}")


def _meaning(self: Any) -> dict[str, Any]:
    return {name: self.__dict__[name] for name in self._compared}


def _eq(self: Any, other: object) -> bool:
    if type(self) is not type(other):
        return NotImplemented
    return self is other or bool(_meaning(self) == _meaning(other))


def _hash(self: Any) -> int:
    return hash((type(self), *_meaning(self).values()))


def _repr(self: Any) -> str:
    values = ", ".join(f"{name}={value!r}" for name, value in _meaning(self).items())
    return f"{type(self).__name__}({values})"


def _frozen(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot change '{name}' of {type(self).__name__}")
