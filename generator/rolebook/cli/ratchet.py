"""What an improvement protects, since when, and whether it holds: the answer to `check --explain-ratchet`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rolebook.checks.held import Held, Loss
from rolebook.checks.holding import held
from rolebook.checks.ratchet import excuse, replacing, why_not
from rolebook.checks.whereabouts import today
from rolebook.cli.main import CouldNotRun
from rolebook.loading import NotAHandbook, load
from rolebook.loading.near import nearest
from rolebook.loading.snapshots.protecting import damage, protected
from rolebook.model.catalogue import called_now
from rolebook.model.consolidation import touched
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.protected import (
    Kept,
    KeptControl,
    KeptDuty,
    KeptHandOff,
    KeptKpi,
    KeptLetter,
    KeptModule,
    KeptObjective,
    Protected,
)
from rolebook.model.protection import brought
from rolebook.reporting import visible
from rolebook.reporting.words import at_line


def explained(directory: Path, id: str) -> Iterator[str]:
    """The lines that tell what an improvement of the handbook in `directory` protects.

    CouldNotRun where there is no such improvement, or where the handbook cannot be read as a whole.
    """
    try:
        handbook = load(directory).handbook
    except NotAHandbook as error:
        raise CouldNotRun(str(error)) from None
    if handbook.lost:
        raise CouldNotRun(
            "not all of the handbook can be read, so that nothing can be said: 'rolebook check' tells why"
        )
    if fault := damage(handbook):
        raise CouldNotRun(f"what improvements protect cannot be read: {at_line(fault.span)}: {visible(str(fault))}")
    now = called_now(handbook, "improvement", id)
    wanted = now.reference if now else id
    kept = {today(handbook, "improvement", one.improvement) or str(one.improvement): one for one in protected(handbook)}
    improvement = handbook.improvements.get(wanted)
    if wanted in kept:
        return _released(handbook, kept[wanted], wanted)
    if improvement is None:
        raise CouldNotRun(_unknown(handbook, id, (*handbook.improvements, *kept)))
    return _not_released(handbook, improvement)


def _unknown(handbook: Handbook, id: str, known: tuple[str, ...]) -> str:
    meant = nearest(id, known)
    offer = f": did you mean '{meant}'?" if meant else ""
    return f"there is no improvement '{visible(id)}'{offer}"


def _released(handbook: Handbook, one: Protected, id: str) -> Iterator[str]:
    yield f"{visible(one.name)} ({id}) was released in {one.since}. Since then it protects what it brought:"
    yield from _listed(handbook, one, handbook.improvements.get(id))
    yield ""
    found = [found for _, found in _once(handbook, one)]
    lost = sum(bool(held.losses) for held in found)
    if other := excuse(handbook, one):
        yield f"'{other.id}' may undo it: it replaces '{id}', and is {other.status}."
        if other.status != Status.ACHIEVED.value:
            yield f"What it undoes can be released once '{other.id}' is achieved."
    else:
        yield from (
            f"'{o.id}' replaces it, but may not undo it: {why_not(handbook, o)}." for o in replacing(handbook, one)
        )
        yield f"No improvement may undo it now. One that is approved and says 'replaces: {id}' may."
    yield f"{lost} of {len(found)} undone." if lost else "All of it holds."


def _not_released(handbook: Handbook, improvement: Improvement) -> Iterator[str]:
    is_achieved = improvement.status == Status.ACHIEVED.value
    state = "achieved, but not released yet" if is_achieved else str(improvement.status)
    yield f"{visible(improvement.name)} ({improvement.id}) is {state}: nothing of it is protected."
    if improvement.status != Status.REJECTED.value:
        yield f"Once it is {'' if is_achieved else 'achieved and '}released, it would protect, as the handbook is now:"
        for heading, members in _grouped(handbook, brought(handbook, improvement, "0.0.0"), improvement):
            yield from (f"  {line}" for line in (heading,) if line)
            yield from (f"    {visible(member.what)} ({at_line(member.span)})" for member in members)


def _listed(handbook: Handbook, one: Protected, improvement: Improvement | None) -> Iterator[str]:
    """How it stands with what is protected, by the entries of the improvement that brought it."""
    has_lapsed = False
    for heading, members in _grouped(handbook, one, improvement):
        yield from (f"  {line}" for line in (heading,) if line)
        for member in members:
            for loss in member.losses:
                yield f"    undone  {visible(loss.message)} ({at_line(loss.span)})"
            if not member.losses:
                yield f"    {'holds ' if member.kept else 'lapsed'}  {visible(member.what)} ({at_line(member.span)})"
                has_lapsed |= not member.kept
    if has_lapsed:
        yield "  What has lapsed belongs to something that is gone, or to a part that the role no longer has."


def _grouped(handbook: Handbook, one: Protected, improvement: Improvement | None) -> Iterable[tuple[str, list[Held]]]:
    groups: dict[str, list[Held]] = {"": []}
    for kept, found in _once(handbook, one):
        groups.setdefault(_because(handbook, improvement, kept) if improvement else "", []).append(found)
    return groups.items()


def _once(handbook: Handbook, one: Protected) -> Iterator[tuple[Kept, Held]]:
    """How it stands with what is protected; a control that is gone, missed at each of its places, once."""
    told: set[tuple[Loss, ...]] = set()
    for _, kept, found in held(handbook, one):
        if not found.losses or found.losses not in told:
            yield kept, found
        told.add(found.losses)


def _because(handbook: Handbook, improvement: Improvement, kept: Kept) -> str:
    """The entry of an improvement for which something is protected, as a heading; "" where it has none."""
    element = _element(handbook, improvement, kept)
    for key in ("adds", "changes", "removes"):
        if element in getattr(improvement, key):
            return f"since it {key} {visible(element)}:"
    return ""


def _element(handbook: Handbook, improvement: Improvement, kept: Kept) -> str:
    match kept:
        case KeptLetter():
            return f"activity:{today(handbook, 'activity', kept.activity) or kept.activity}"
        case KeptHandOff():
            return f"hand-off:{today(handbook, 'hand-off', kept.hand_off) or kept.hand_off}"
        case KeptControl():
            return f"control:{today(handbook, 'control', kept.control) or kept.control}"
        case KeptKpi() | KeptObjective():
            return f"kpi:{today(handbook, 'kpi', kept.kpi) or kept.kpi}"
        case KeptDuty() | KeptModule():
            activity = today(handbook, "activity", kept.activity) or str(kept.activity)
            role = today(handbook, "role", kept.role)
            itself = f"activity:{activity}"
            if itself in (*improvement.adds, *improvement.changes):
                return itself
            touches = (t for t in touched(handbook, improvement) if t.part and t.part.reference == activity)
            return next((str(t.element) for t in touches if t.role == role), itself)
        case _:
            kind, _, reference = kept.partition(":")
            return f"{kind}:{today(handbook, kind, reference) or reference}"
