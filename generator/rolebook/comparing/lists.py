"""What a list gained and lost: of references, of sentences, and of entries without ids."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from rolebook.comparing.change import Change, Kind
from rolebook.comparing.meaning import Tongue, all_reworded, folded, meaning
from rolebook.comparing.pairs import Pair, written
from rolebook.comparing.phrase import Named, Phrase, Quoted, choice, joined
from rolebook.comparing.words import field_words
from rolebook.loading.declaration import Many, One, Shape, declaration
from rolebook.model import values as v


def references(
    pair: Pair, kind: Kind | None, key: str, old: tuple[v.Text, ...], new: tuple[v.Text, ...], ref: v.Ref
) -> Iterator[Change]:
    """What a list of references gained and lost; their order has no meaning."""
    was = {pair.before.reference(text, ref): text for text in old if not _is_itself_by_merging(pair, text, ref)}
    now = {pair.after.reference(text, ref): text for text in new}
    came, gone = (tuple(one for one in here if one not in there) for here, there in ((now, was), (was, now)))
    if came or gone:
        place = now[came[0]] if came else was[gone[0]]
        told = {"old": tuple(was), "new": tuple(now)} if kind else {"old": gone, "new": came}
        yield pair.change(kind or listed(gone, came), place, in_old=not came, field=key, refs=ref.kinds, **told)


def _is_itself_by_merging(pair: Pair, text: v.Text, ref: v.Ref) -> bool:
    """Whether a role named a role, such as its deputy, that is part of itself now."""
    is_role = pair.thing.kind == "role" and ref.kinds == ("role",)
    return is_role and text != pair.old.id and pair.before.reference(text, ref) == pair.thing.reference


def listed(gone: tuple[Any, ...], came: tuple[Any, ...]) -> Kind:
    """The kind of a change by which some went and some came."""
    return Kind.RELISTED if gone and came else Kind.LISTED if came else Kind.UNLISTED


def texts(
    pair: Pair,
    key: str,
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    *,
    in_order: bool = False,
    dress: Callable[[str], str] = str,
) -> Iterator[Change]:
    """What a list of sentences or other values gained and lost; `dress` makes of one what is told."""
    was, now = ([folded(written(text)) for text in side] for side in (old, new))
    gone, came = list((Counter(was) - Counter(now)).elements()), list((Counter(now) - Counter(was)).elements())
    if not gone and not came:
        if in_order and was != now:
            place = next(text for text, before in zip(new, was, strict=True) if folded(written(text)) != before)
            yield pair.change(Kind.ORDER_CHANGED, place, field=key, old=tuple(was), new=tuple(now))
        return
    kind = Kind.REWORDED if gone and came and all_reworded(gone, came) else listed(tuple(gone), tuple(came))
    place = new[now.index(came[0])] if came else old[was.index(gone[0])]
    told = {"old": tuple(map(dress, gone)), "new": tuple(map(dress, came))}
    yield pair.change(kind, place, in_old=not came, field=key, **told)


def records(pair: Pair, key: str, old: tuple[Any, ...], new: tuple[Any, ...], shape: Many) -> Iterator[Change]:
    """What a list of entries without ids gained and lost."""
    was = [meaning(entry, shape.item, pair.before) for entry in old]
    now = [meaning(entry, shape.item, pair.after) for entry in new]
    gone, came = _left(old, was, now), _left(new, now, was)
    if gone or came:
        yield pair.change(
            listed(gone, came),
            came[0] if came else gone[0],
            in_old=not came,
            field=key,
            old=tuple(_entry(entry, pair.before) for entry in gone),
            new=tuple(_entry(entry, pair.after) for entry in came),
        )


def _entry(entry: Any, tongue: Tongue) -> str:
    """An entry as it is told: what stands first in it, and all else behind that in brackets."""
    fields = declaration(type(entry)).fields
    first, *others = filter(
        None, (_piece(field.key, getattr(entry, field.name), field.shape, tongue) for field in fields)
    )
    if not others:
        return first
    return Phrase("{entry} ({about})", written=f"{first} ({', '.join(others)})", entry=first, about=_several(others))


def _piece(key: str, value: Any, shape: Shape, tongue: Tongue) -> str:
    """One value of an entry; "" where nothing is written. Of a list of sentences it is only said that there is one."""
    match shape:
        case _ if value is None or value == ():
            return ""
        case One(type=v.Ref() as ref):
            return Named(tongue.reference(value, ref), ref.kinds)
        case One(type=v.Choice()):
            return choice(value)
        case One(type=v.Form()):
            return Quoted(folded(value))
        case Many(item=One(type=v.Form())):
            return Phrase(field_words(key))
        case Many(item=item):
            return joined(_piece(key, one, item, tongue) for one in value)
        case _:
            return written(value)


def _several(pieces: list[str]) -> str:
    first, *others = pieces
    for piece in others:
        first = Phrase("{several}, {next}", several=first, next=piece)
    return first


def _left(entries: tuple[Any, ...], own: list[Any], others: list[Any]) -> tuple[Any, ...]:
    """The entries whose meanings the other side does not have, one for one."""
    known = Counter(others)
    left = []
    for entry, means in zip(entries, own, strict=True):
        if known[means] > 0:
            known[means] -= 1
        else:
            left.append(entry)
    return tuple(left)
