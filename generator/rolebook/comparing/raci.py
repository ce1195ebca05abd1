"""What changed in who is responsible, accountable, consulted and informed: by role and activity."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.meaning import Tongue
from rolebook.comparing.pairs import Pair
from rolebook.model import values as v
from rolebook.model.raci import Matrix, Row
from rolebook.source import Text

ROLE = v.Ref(("role", "outside"))
_ACTIVITY = v.Ref(("activity",), local=True)


def letters(pair: Pair, names: Mapping[str, str], besides: frozenset[str]) -> Iterator[Change]:
    """The letters that changed in a matrix, which may be new or gone.

    `names` are those of activities by reference; `besides` are the activities that came, went or moved as a whole.
    """
    was, now = _rows(pair.old, pair.before), _rows(pair.new, pair.after)
    for activity in [*now, *(one for one in was if one not in now)]:
        old, new = was.get(activity), now.get(activity)
        if activity not in besides and (old is None or new is None or old != new):
            thing = Subject("activity", activity, names.get(activity, ""))
            yield from of_row(pair.part(old, new, thing))


def _rows(matrix: Matrix | None, tongue: Tongue) -> dict[str, Row]:
    """The rows by the reference of their activity today; of two for the same, the first counts."""
    found: dict[str, Row] = {}
    for row in matrix.rows if matrix else ():
        found.setdefault(tongue.reference(row.activity, _ACTIVITY), row)
    return found


def of_row(pair: Pair) -> Iterator[Change]:
    """The letters that changed in one row, which may be new or gone."""
    was, now = _by_role(pair.old, pair.before), _by_role(pair.new, pair.after)
    for role in [*now, *(one for one in was if one not in now)]:
        old, new = was.get(role), now.get(role)
        if old is None or new is None or not _same(old, new):
            yield pair.change(
                Kind.LETTERS_GAINED if old is None else Kind.LETTERS_LOST if new is None else Kind.LETTERS_CHANGED,
                _place(old, new),
                in_old=new is None,
                role=role,
                old=tuple(old.letters) if old else (),
                new=tuple(new.letters) if new else (),
            )


class _Held(NamedTuple):
    """The letters that a role has in a row with their places, and the ids under which it has them."""

    letters: dict[str, Text]
    ids: set[str]


def _by_role(row: Row | None, tongue: Tongue) -> dict[str, _Held]:
    """What each role and outside party has, by its id."""
    found: dict[str, _Held] = {}
    for involvement, text in row.assignments() if row else ():
        held = found.setdefault(tongue.reference(text, ROLE), _Held({}, set()))
        held.letters.setdefault(str(involvement.value), text)
        held.ids.add(str(text))
    return found


def _place(old: _Held | None, new: _Held | None) -> Text:
    """Where letters changed: at the first that came; where none did, at the first that there is."""
    there = (new or old or _Held({}, set())).letters
    came = (place for letter, place in there.items() if not old or not new or letter not in old.letters)
    return next(came, next(iter(there.values())))


def _same(old: _Held, new: _Held) -> bool:
    """Whether letters are the same; what merged roles had between them counts without what their R and A include."""
    if len(old.ids) == len(new.ids) == 1:
        return set(old.letters) == set(new.letters)
    return _needed(old.letters) == _needed(new.letters)


def _needed(letters: Iterable[str]) -> frozenset[str]:
    had = frozenset(letters)
    return had & {"R", "A"} or had & {"C"} or had
