"""What the author of an unknown reference may have meant, and the finding that says so."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rolebook.checks.way_out import OF_A_PROCESS, by_reference, in_a_row, likely, or_renamed, shown_elsewhere, way_out
from rolebook.checks.wording import MOST_NAMED, any_of, quoted, title, titles, with_article
from rolebook.diagnostic import Edit, Finding, Fix, Related
from rolebook.loading.lookalikes import disguise
from rolebook.loading.near import nearest as nearest_name
from rolebook.model.catalogue import Thing, called_now, of_kind, path_of, things, written_out
from rolebook.model.handbook import Handbook, Reference, derived
from rolebook.model.measured import in_measurements
from rolebook.model.process import END
from rolebook.model.raci import OUTSIDE
from rolebook.source import Text

CLOSE_ENOUGH = 72
"""Similarity from 0 to 100 from which on a name is offered."""
CLEAR_LEAD = 8
"""How much nearer than all others a name must be to be offered alone."""
OF_ANOTHER_KIND = 90
"""How near something must be that is of another kind than was written before the colon."""
ELSEWHERE = 75
"""How near a thing is that has the very name, but belongs to something else."""
MOST_OFFERED = 3
_ENDS = frozenset({END, "none", "stop", "finish", "finished", "done"})
"""What people write for the end of a process."""
MOST_SLIPS = 100
"""So many names that do not exist in one file are no slips, and are not compared with those that do."""


class Near(NamedTuple):
    """How near a thing is to what was written, from 0 to 100."""

    score: float
    thing: Thing


def probable(handbook: Handbook, reference: Reference) -> tuple[Thing, ...]:
    """The few things that a reference that leads nowhere was probably meant for."""
    kinds, wanted = written_out(reference)
    former = _renamed(handbook, kinds, wanted)
    return (former,) if former else tuple(clearest(nearest(handbook, reference)))


def unknown(handbook: Handbook, reference: Reference, near: Iterable[Thing], *, often: bool) -> Finding:
    """The finding for a reference that leads nowhere: what is wrong with it, and what was probably meant.

    With `often`, it is one of so many that name the same that this is hardly a slip.
    """
    text = reference.text
    kinds, wanted = written_out(reference)
    if former := _renamed(handbook, kinds, wanted):
        written = _as_written(reference, former)
        message = f"{quoted(text)} is called {quoted(written or former.reference)} now"
        related = (Related(former.id.span, f"{quoted(former.reference)} was called so before"),)
        if not written:
            return Finding(text.span, message, _where_it_went(reference, former), related)
        return Finding(text.span, message, f"Write '{written}'.", related, replacement(text, written, safe=True))
    if other_way := _written_otherwise(handbook, reference, kinds, wanted):
        return other_way
    written_near = [written for thing in near if (written := _as_written(reference, thing))]
    span, message = text.span, _fact(handbook, reference)
    if disguised := disguise(text):
        span, message = text.part(disguised.at, disguised.at + 1), f"{message}: {disguised.fact}"
    if not written_near:
        help = or_renamed(way_out(handbook, reference), handbook, reference, often)
        return Finding(span, message, help, shown_elsewhere(handbook, reference, often))
    help = f"Write {any_of(quoted(written) for written in written_near)}."
    help = or_renamed(help, handbook, reference, often)
    if len(written_near) > 1:
        return Finding(span, message, help)
    return Finding(span, message, help, fix=replacement(text, written_near[0], safe=False))


def _where_it_went(reference: Reference, thing: Thing) -> str:
    """The help where a file names something that moved to another file."""
    if in_measurements(reference):
        return f"Move its lines to {path_of('measurements', thing.owner)}, under the name '{thing.id}'."
    return "Name something of this file."


def meant(slips: Collection[str], names: Collection[str]) -> dict[str, str]:
    """What each of several misspelt names was probably meant for; where there are very many, they are no slips."""
    if len(slips) > MOST_SLIPS:
        return {}
    return {slip: name for slip in slips if (name := nearest_name(slip, names))}


def replacement(text: Text, written: str, *, safe: bool) -> Fix:
    """The fix that writes something else in place of a text."""
    return Fix(f"Replace {quoted(text)} with '{written}'", safe, (Edit(text.span, written),))


def clearest(near: list[Near]) -> list[Thing]:
    """The one thing that is nearer than all others by far; else the few nearest."""
    if not near:
        return []
    best = near[0].score
    return [candidate.thing for candidate in near if candidate.score > best - CLEAR_LEAD][:MOST_OFFERED]


def nearest(handbook: Handbook, reference: Reference) -> list[Near]:
    """Everything that a reference may have meant by its id, its name or another name, the nearest first."""
    from rapidfuzz import fuzz, process, utils  # 10 ms that only a mistake costs

    named, wanted = written_out(reference)
    owner, _, local = wanted.rpartition("/")
    query = utils.default_process(local)
    found: dict[int, Near] = {}
    for kind in reference.ref.kinds:
        labels = _labels(handbook).get((kind, reference.home if reference.ref.local else ""), _Labels([], []))
        enough = CLOSE_ENOUGH if kind in named or not named else OF_ANOTHER_KIND
        alike = process.extract(query, labels.names, scorer=fuzz.ratio, score_cutoff=enough, limit=None)
        for _, score, position in alike:
            thing = labels.things[position]
            if owner in _owners(handbook) and owner != thing.owner:
                continue
            belongs = 100.0 if not owner or owner == thing.owner else fuzz.ratio(owner, thing.owner)
            if score == 100:
                belongs = max(belongs, ELSEWHERE)
            candidate = Near(min(score, belongs), thing)
            if candidate.score >= CLOSE_ENOUGH and candidate.score > found.get(id(thing), Near(0, thing)).score:
                found[id(thing)] = candidate
    return sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.thing.reference))


@derived
def _owners(handbook: Handbook) -> frozenset[str]:
    """What may stand before a slash: where it exists, nothing is meant that belongs to another."""
    return frozenset((*handbook.processes, *(thing.owner for thing in things(handbook)))) - {""}


class _Labels(NamedTuple):
    """Names in plain letters, and the things that have them, side by side."""

    names: list[str]
    things: list[Thing]


@derived
def _labels(handbook: Handbook) -> Mapping[tuple[str, str], _Labels]:
    """Ids, names and other names, by kind and by what they belong to; all of a kind under "", and whole references."""
    from rapidfuzz import utils

    found: dict[tuple[str, str], _Labels] = {}
    for thing in things(handbook):
        for name in (thing.id, thing.name, *thing.also):
            for owner in {"", thing.owner}:
                labels = found.setdefault((thing.kind, owner), _Labels([], []))
                labels.names.append(utils.default_process(name))
                labels.things.append(thing)
        if thing.owner:  # somebody may have left out the slash
            labels = found[thing.kind, ""]
            labels.names.append(utils.default_process(thing.reference))
            labels.things.append(thing)
    return found


def _written_otherwise(handbook: Handbook, reference: Reference, kinds: tuple[str, ...], wanted: str) -> Finding | None:
    """The finding where something is named that exists, but cannot be named so in this place."""
    text, ref = reference.text, reference.ref
    owner, slash, _ = wanted.partition("/")
    if END in ref.kinds and text.casefold() in _ENDS:
        fix = replacement(text, END, safe=False)
        return Finding(text.span, f"{quoted(text)} is no activity of this process", f"Write '{END}'.", fix=fix)
    if several := in_a_row(handbook, reference):
        return Finding(text.span, _fact(handbook, reference), f"Put several in brackets: '[{', '.join(several)}]'.")
    if ref.local:
        return None
    if ref.prefixed and (right := _with_its_kind(handbook, reference, wanted if kinds else text)):
        only = replacement(text, right[0], safe=False) if len(right) == 1 else None
        return Finding(text.span, _fact(handbook, reference), f"Write {any_of(map(quoted, right))}.", fix=only)
    if wanted.startswith(OUTSIDE) and "role" in kinds and "outside" not in kinds:
        return _outside(reference)
    if kinds == ("outside",) and wanted in handbook.processes:
        return _process_as_source(handbook, reference)
    if slash and owner in handbook.processes and "process" in kinds and "activity" not in kinds:
        fix = replacement(text, owner, safe=False)
        help = f"Write '{owner}': the process, without anything of it."
        return Finding(text.span, _fact(handbook, reference), help, fix=fix)
    if not slash and wanted in handbook.processes and kinds and set(kinds) <= OF_A_PROCESS:
        kind = kinds[0]
        example = next((_as_written(reference, t) for t in of_kind(handbook, kind).values() if t.owner == wanted), "")
        if not example:
            return None
        help = f"Write {with_article(title(kind))} of it, such as '{example}'."
        return Finding(text.span, _fact(handbook, reference), help)
    return None


def _with_its_kind(handbook: Handbook, reference: Reference, wanted: str) -> list[str]:
    """How a reference with the kind in front is written to what exists, but is of another kind or named without one.

    A process in place of something of it may be short of its end, too, and is not offered.
    """
    named, _ = written_out(reference)
    if OF_A_PROCESS.intersection(named) and wanted in handbook.processes:
        return []
    return [f"{kind}:{wanted}" for kind in reference.ref.kinds if wanted in of_kind(handbook, kind)]


def _outside(reference: Reference) -> Finding:
    text = reference.text
    if text.span.path == path_of("matrix", reference.home):
        message = f"{quoted(text)} is outside, and only a role can be responsible or accountable"
        help = f"Name the role that sees to it, and put {quoted(text)} under 'C' or 'I'."
        return Finding(text.span, message, help)
    return Finding(text.span, f"{quoted(text)} is outside, and no role", "Name the role that sees to it.")


def _process_as_source(handbook: Handbook, reference: Reference) -> Finding:
    """The finding for `from` with a process of the handbook, whose hand-offs are taken by their names."""
    process = handbook.processes[reference.text]
    given = sorted(process.hands_over, key=lambda given: given.to != reference.home)
    what = f"{process.id}/{given[0].id if given and given[0].id else '<hand-off>'}"
    message = f"what '{process.id}' hands over is taken by its name"
    help = f"Write 'what: {what}' and 'at:' with the activity, in place of 'id', 'from' and 'name'."
    return Finding(reference.text.span, message, help)


def _renamed(handbook: Handbook, kinds: tuple[str, ...], wanted: str) -> Thing | None:
    return next((thing for kind in kinds if (thing := called_now(handbook, kind, wanted))), None)


def _as_written(reference: Reference, thing: Thing) -> str:
    """How a reference to a thing is written in this place; "" where it cannot be."""
    if reference.ref.prefixed:
        return f"{thing.kind}:{thing.reference}"
    if reference.ref.local:
        return str(thing.id) if thing.owner == reference.home else ""
    return thing.reference


def _fact(handbook: Handbook, reference: Reference) -> str:
    text = reference.text
    kinds, wanted = written_out(reference)
    if not kinds and len(reference.ref.kinds) > MOST_NAMED:
        return f"{quoted(text)} does not begin with the kind of what it names and a colon"
    if not kinds:
        prefixes = any_of(f"'{kind}:'" for kind in reference.ref.kinds)
        return f"{quoted(text)} does not begin with {prefixes}"
    if reference.ref.local:
        whole = "training plan" if "module" in kinds else "process"
        return f"this {whole} has no {titles(kinds)} {quoted(text)}"
    if other := by_reference(handbook).get(wanted):
        return f"{quoted(text)} is {with_article(title(other.kind))}, not {with_article(titles(kinds))}"
    probably = likely(kinds, wanted)
    owner, slash, local = wanted.partition("/")
    if slash and probably[0] not in ("outside", "clause"):
        if owner not in handbook.processes:
            return f"there is no process {quoted(owner)}"
        return f"{quoted(owner)} has no {titles(probably)} {quoted(local)}"
    return f"there is no {titles(probably)} {quoted(text)}"
