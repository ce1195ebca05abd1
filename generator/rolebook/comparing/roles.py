"""What changed in the life of a role: it is retired, merged into another one, or in use again."""

from collections.abc import Iterator
from typing import Any

from rolebook.comparing.change import Change, Kind
from rolebook.comparing.meaning import Tongue
from rolebook.comparing.pairs import Pair, tells
from rolebook.model import values as v
from rolebook.model.raci import Role

_ROLE = v.Ref(("role",))


@tells(Role, "status", "merged_into")
def status(pair: Pair) -> Iterator[Change]:
    """Whether a role is still in use, and which one took it over."""
    was, now = _state(pair.old, pair.before), _state(pair.new, pair.after)
    if was == now:
        return
    new: Role = pair.new
    told: dict[str, Any]
    kind = Kind.ROLE_REVIVED if new.active else Kind.ROLE_RETIRED if new.status == "retired" else Kind.ROLE_MERGED
    if was[0] == now[0] and kind is not Kind.ROLE_MERGED:  # a successor of one that is not merged says nothing
        told = {"old": (was[1],) * bool(was[1]), "new": (now[1],) * bool(now[1]), "refs": ("role",)}
        yield pair.change(Kind.CHANGED, new.merged_into, field="merged_into", **told)
    else:
        named = (now[1],) if kind is Kind.ROLE_MERGED and now[1] else ()
        told = {"old": (was[0],), "new": named or (now[0],), "refs": ("role",) * bool(named)}
        yield pair.change(kind, new.status, field="status", **told)


def _state(role: Role, tongue: Tongue) -> tuple[str, str]:
    successor = tongue.reference(role.merged_into, _ROLE) if role.merged_into else ""
    return "active" if role.active else str(role.status), successor
