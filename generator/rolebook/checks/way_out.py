"""What to do about a reference that leads nowhere and has nothing near it."""

import re
from collections.abc import Mapping

from rolebook.checks.wording import any_of_few, is_id, quoted, title, titles, with_article
from rolebook.diagnostic import Related
from rolebook.loading.near import LONGEST
from rolebook.model.belonging import FIELDS
from rolebook.model.catalogue import FILES, Thing, of_kind, path_of, things, written_out
from rolebook.model.handbook import Handbook, Reference, derived
from rolebook.model.raci import OUTSIDE
from rolebook.source import Text

OFTEN = 3
"""What is named in so many places, and does not exist, is hardly a slip: it has another id, or was taken away."""
OF_A_PROCESS = frozenset({"activity", "kpi", "hand-off", "control", "record"})
"""The kinds of thing that belong to a process."""
RENAMED: frozenset[str] = frozenset({"role", "function", "process", "job", "plan", "improvement", *FIELDS})
"""The kinds of thing that may have had another id before."""
_BETWEEN = re.compile(r"[,;&+]|\s(?:and|or)\s")


def way_out(handbook: Handbook, reference: Reference) -> str:
    """The help for a reference that leads nowhere, and for which no other name can be offered."""
    kinds, wanted = written_out(reference)
    if not kinds:
        return "Write the kind, a colon and the id."
    if reference.ref.local:
        return _within_the_file(handbook, reference)
    kind = likely(kinds, wanted)[0]
    if wanted in by_reference(handbook) or not all(is_id(part) for part in wanted.split("/")):
        file = FILES.get(kind)
        name = f": the name of its file in {file.folder}/, without '.yaml'" if file else ""
        return f"Write the id of {with_article(titles(kinds))}{name}."
    if other := elsewhere(handbook, reference):
        prefix = f"{kind}:" if reference.ref.prefixed else ""
        return f"Write '{prefix}{other.reference}' if it is meant, or name another one that exists."
    path = path_of(kind, wanted)
    owner, slash, _ = wanted.partition("/")
    is_missing = kind in FILES or (slash and kind not in ("outside", "clause") and owner not in handbook.processes)
    return f"Name one that exists, or add {path}." if is_missing else f"Name one that exists, or add it to {path}."


def likely(kinds: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """The kinds that a reference of this shape is about, where several are allowed."""
    if wanted.startswith(OUTSIDE) and "outside" in kinds:
        return ("outside",)
    if "/" in wanted and "activity" in kinds:
        return ("activity",)
    return kinds


def elsewhere(handbook: Handbook, reference: Reference) -> Thing | None:
    """The only thing of its kind that has the very id, but belongs to something else; None where there are several."""
    kinds, wanted = written_out(reference)
    owner, _, local = wanted.rpartition("/")
    if not owner:
        return None
    found = (thing for kind in likely(kinds, wanted) for thing in _by_id(handbook).get((kind, local), ()))
    same = [thing for thing in found if thing.owner not in ("", owner)]
    return same[0] if len(same) == 1 else None


def shown_elsewhere(handbook: Handbook, reference: Reference, often: bool) -> tuple[Related, ...]:
    """Where something else has what a reference names; for one of its own file only if it is named `often`."""
    other = elsewhere(handbook, reference) if often or not reference.ref.local else None
    return (Related(other.id.span, f"'{other.owner}' has one of this id"),) if other else ()


def missing(handbook: Handbook, reference: Reference) -> tuple[str, str]:
    """What it is that does not exist where a reference leads nowhere, by kind and id: itself, or its process."""
    kinds, wanted = written_out(reference)
    owner, slash, _ = wanted.partition("/")
    if slash and owner not in handbook.processes and OF_A_PROCESS.intersection(kinds):
        return "process", owner
    return (likely(kinds, wanted)[0] if kinds else ""), wanted


def or_renamed(help: str, handbook: Handbook, reference: Reference, often: bool) -> str:
    """A help with what to do, besides, where `often` says that something was renamed rather than misspelt."""
    kind, id = missing(handbook, reference)
    former = id.rpartition("/")[2]
    if not often or kind not in RENAMED or not is_id(former) or elsewhere(handbook, reference):
        return help
    rest = f"if the {title(kind)} was renamed, add 'formerly: {former}' to it and run 'rolebook check --fix'."
    return f"{help.removesuffix('.')}; or, {rest}"


def in_a_row(handbook: Handbook, reference: Reference) -> list[str]:
    """The ids that stand behind each other in a reference as if it were a list; none where it is none of ids."""
    if len(reference.text) > LONGEST:
        return []
    parts = [part.strip() for part in _BETWEEN.split(reference.text) if part.strip()]
    every = [reference._replace(text=Text(part, reference.text.span)) for part in parts] if len(parts) > 1 else []
    known = all(any(wanted in of_kind(handbook, kind) for kind in kinds) for kinds, wanted in map(written_out, every))
    return parts if known and every else []


@derived
def by_reference(handbook: Handbook) -> Mapping[str, Thing]:
    """Things by how other files write them, whatever their kind; the first of several."""
    return {thing.reference: thing for thing in reversed(things(handbook))}


def _within_the_file(handbook: Handbook, reference: Reference) -> str:
    by_owner = _by_owner(handbook)
    ids = [quoted(id) for kind in reference.ref.kinds for id in by_owner.get((kind, reference.home), ())]
    others = f" ({any_of_few(ids)})" if ids else ""
    return f"Name another one{others}, add it to this file, or take it out here."


@derived
def _by_id(handbook: Handbook) -> Mapping[tuple[str, str], list[Thing]]:
    """What belongs to something, by kind and id."""
    found: dict[tuple[str, str], list[Thing]] = {}
    for thing in things(handbook):
        if thing.owner:
            found.setdefault((thing.kind, thing.id), []).append(thing)
    return found


@derived
def _by_owner(handbook: Handbook) -> Mapping[tuple[str, str], list[Text]]:
    """The ids of what belongs to something, by kind and by what it belongs to."""
    found: dict[tuple[str, str], list[Text]] = {}
    for thing in things(handbook):
        if thing.id:
            found.setdefault((thing.kind, thing.owner), []).append(thing.id)
    return found
