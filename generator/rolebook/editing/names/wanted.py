"""What is to be changed is there, and the id that it shall have is free; else the way out is told."""

from collections.abc import Iterator

from rolebook.checks.wording import any_of, quoted, title, with_article
from rolebook.diagnostic import Related
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.plan import Files
from rolebook.loading.near import nearest
from rolebook.loading.scalars import is_id, wrong_id
from rolebook.model.belonging import OWNERS
from rolebook.model.catalogue import (
    Thing,
    called_now,
    files_with_an_id_twice,
    ids_by_file,
    of_kind,
    path_of,
    renamed,
    things,
)
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Role
from rolebook.reporting import visible

MOST_OFFERED = 4
NAMED_AFTER = ("process", "matrix", "measurements")
"""The kinds of file that have the id of a process."""


def wanted(handbook: Handbook, kind: str, reference: str) -> Thing:
    """What of this kind is meant; CannotChange where there is no such thing, or two."""
    thing = of_kind(handbook, kind).get(reference)
    if thing is None:
        raise CannotChange(f"there is no {title(kind)} '{visible(reference)}'{_offer(handbook, kind, reference)}")
    path = thing.id.span.path
    if thing.owner and path in files_with_an_id_twice(handbook):
        twice = [id for ids in ids_by_file(handbook) for id in ids if id == thing.id and id.span.path == path]
        if len(twice) > 1:
            raise CannotChange(
                f"'{thing.id}' stands for more than one thing in {path}",
                *(Related(id.span, "the id stands here") for id in twice),
            )
    return thing


def _offer(handbook: Handbook, kind: str, reference: str) -> str:
    if now := called_now(handbook, kind, reference):
        return f": it is called '{now.reference}' now"
    if other := next((thing for thing in things(handbook) if thing.reference == reference), None):
        return f": '{reference}' is {with_article(title(other.kind))}"
    if kind in OWNERS and "/" not in reference:
        places = [thing.reference for thing in of_kind(handbook, kind).values() if thing.id == reference]
        if 0 < len(places) <= MOST_OFFERED:
            return f": write {any_of(map(quoted, places))}"
    near = nearest(reference, _names(handbook, kind))
    meant = _names(handbook, kind)[near] if near else ""
    return f": did you mean '{meant}'?" if meant else ""


def _names(handbook: Handbook, kind: str) -> dict[str, str]:
    """What things of a kind are referred to by, and called, with their references."""
    found = {str(thing.reference): str(thing.reference) for thing in of_kind(handbook, kind).values()}
    for thing in of_kind(handbook, kind).values():
        for name in (thing.name, *thing.also):
            found.setdefault(str(name), str(thing.reference))
    return found


def free(handbook: Handbook, files: Files, thing: Thing, new: str) -> str:
    """The id that a thing shall have; CannotChange where it can be none, or is or was that of something else."""
    id = _local(thing, new)
    if not is_id(id):
        wrong = wrong_id(id)
        raise CannotChange(f"{visible(wrong.fact)}. {wrong.help}")
    if id == thing.id:
        raise CannotChange(f"the {title(thing.kind)} is called '{id}' already")
    if taken := next(_taken(handbook, files, thing, id), None):
        raise CannotChange(f"the id '{id}' is taken", taken)
    reference = f"{thing.owner}/{id}" if thing.owner else id
    other = renamed(handbook).get((thing.kind, reference))
    if other and other.reference != thing.reference:
        raise CannotChange(f"'{other.reference}' was called '{id}' before, so that id stays reserved: choose another")
    return id


def _local(thing: Thing, new: str) -> str:
    """The id as it stands where the thing is declared."""
    owner, slash, id = new.rpartition("/")
    if thing.owner and slash and owner == thing.owner:
        return id
    if thing.owner and slash:
        raise CannotChange(
            f"{with_article(title(thing.kind))} gets another id within its {title(OWNERS[thing.kind])}: "
            f"'{visible(new)}' is in another one. To move it, write it there with 'formerly: {thing.reference}'"
        )
    return new


def _taken(handbook: Handbook, files: Files, thing: Thing, id: str) -> Iterator[Related]:
    if thing.owner:
        for ids in ids_by_file(handbook):
            for other in ids:
                if other == id and other.span.path == thing.id.span.path:
                    yield Related(other.span, f"'{id}' stands here")
        return
    for kind in NAMED_AFTER if thing.kind == "process" else (thing.kind,):
        path = path_of(kind, id)
        if path in files:
            place = of_kind(handbook, thing.kind).get(id)
            yield Related((place.id.span if place else thing.id.span)._replace(path=path), "this file has it")


def role_in_use(handbook: Handbook, id: str) -> Role:
    """The role that is meant; CannotChange where there is none, or one that is out of use."""
    role = handbook.roles[wanted(handbook, "role", id).reference]
    if role.active:
        return role
    places = (Related(role.status.span, "this says so"),) if role.status else ()
    successor = handbook.current(role.id)
    became = f"was merged into '{successor}' already" if successor != role.id else "is retired already"
    raise CannotChange(f"the role '{role.id}' {became}", *places)
