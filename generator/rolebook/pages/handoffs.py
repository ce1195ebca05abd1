"""The hand-offs of a process, partner by partner: what passes, where, and who is responsible on the other side."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rolebook.model.consolidation import shaped_by
from rolebook.model.handbook import Handbook
from rolebook.model.handoffs import Transfer
from rolebook.model.improvement import Improvement
from rolebook.model.partners import Passages
from rolebook.model.process import Process, TakesFrom, TakesHandOff
from rolebook.model.raci import OUTSIDE


@dataclass(frozen=True, slots=True)
class HandOffRow:
    """Something that passes: `theirs` are the partner's activities and `roles` those responsible there, `ours` ours.

    Of those that share an entry, only the first has its anchor and its improvements. `kind` and `reference` name the
    hand-off, or what is taken over (`input`) where no hand-off is named.
    """

    name: str
    kind: str
    reference: str
    anchor: str
    improvements: tuple[Improvement, ...]
    theirs: tuple[str, ...]
    roles: tuple[str, ...]
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchanges:
    """What passes between a process and one partner, in one direction; `anchor` is where it is told."""

    side: str
    anchor: str
    rows: tuple[HandOffRow, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A passage seen from the process."""

    transfer: Transfer
    side: str
    theirs: str
    roles: tuple[str, ...]
    ours: str


def taken_from(side: str) -> str:
    """The anchor of what a process takes from a partner: a process, a party outside, or any process."""
    return f"from_{side.replace('/', '_')}"


def given_to(side: str) -> str:
    """The anchor of what it hands over to a partner."""
    return f"to_{side.replace('/', '_')}"


def taken(handbook: Handbook, process: Process, passages: Passages) -> tuple[Exchanges, ...]:
    """What a process takes over, by those it takes it from."""
    seen = (_Seen(p.transfer, p.giver, p.after, p.givers, p.at) for p in passages.taken if p.transfer)
    return tuple(_by_partner(handbook, process, seen, taken_from, _taken_as, _as_taken))


def given(handbook: Handbook, process: Process, passages: Passages) -> tuple[Exchanges, ...]:
    """What it hands over, by those who take it."""
    seen = (_Seen(p.transfer, p.taker, p.at, p.takers, p.after) for p in passages.given if p.transfer)
    return tuple(_by_partner(handbook, process, seen, given_to, _given_as, _as_given))


def _by_partner(
    handbook: Handbook,
    process: Process,
    seen: Iterable[_Seen],
    anchor: Callable[[str], str],
    entry: Callable[[Transfer], str],
    named: Callable[[Transfer], tuple[str, str]],
) -> Iterator[Exchanges]:
    grouped: dict[str, dict[Transfer, list[_Seen]]] = {}
    for one in seen:
        grouped.setdefault(one.side, {}).setdefault(one.transfer, []).append(one)
    told = {""}
    for side, transfers in grouped.items():
        rows: list[HandOffRow] = []
        for transfer, all_of_it in transfers.items():
            id = entry(transfer)
            kind, reference = named(transfer)
            own = "" if id in told else id
            told.add(id)
            rows.append(
                HandOffRow(
                    name=transfer.name,
                    kind=kind,
                    reference=reference,
                    anchor=own,
                    improvements=shaped_by(handbook).get(f"hand-off:{process.id}/{own}", ()),
                    theirs=_once(one.theirs for one in all_of_it),
                    roles=_once(role for one in all_of_it for role in one.roles if not role.startswith(OUTSIDE)),
                    ours=_once(one.ours for one in all_of_it),
                )
            )
        yield Exchanges(side, anchor(side), tuple(rows))


def _once(references: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, references)))


def _taken_as(transfer: Transfer) -> str:
    """The id of the entry by which a process takes something; "" where it names the other side's."""
    return transfer.taken.id if isinstance(transfer.taken, TakesFrom) else ""


def _given_as(transfer: Transfer) -> str:
    """The id of the entry by which a process hands something over."""
    return transfer.given.id if transfer.given else ""


def _as_taken(transfer: Transfer) -> tuple[str, str]:
    """What a process takes, as it names it: the kind and the reference."""
    match transfer.taken:
        case TakesFrom() as taken:
            return "input", f"{transfer.taker}/{taken.id}"
        case TakesHandOff() as taken:
            return "hand-off", taken.what
        case None:
            return _as_given(transfer)


def _as_given(transfer: Transfer) -> tuple[str, str]:
    """What a process hands over, as others name it."""
    return "hand-off", f"{transfer.giver}/{_given_as(transfer)}"
