"""Ids of something new: whether one is free, what is called nearly so, and whether those that it names are there."""

from collections.abc import Iterable, Iterator, Sequence

from rolebook.checks.likeness import say_the_same, telling_words
from rolebook.checks.wording import quoted, title, with_article
from rolebook.loading.near import nearest
from rolebook.loading.scalars import is_id, wrong_id
from rolebook.model.catalogue import FILES, Thing, called_now, may_be_lost, of_kind, path_of, renamed
from rolebook.model.handbook import Handbook
from rolebook.reporting import visible

MOST_NAMED = 10
"""So many of those that there are, are named at most."""


class CannotMake(Exception):
    """Something new cannot be made; the message says why, on one line."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


def assert_ids(ids: Iterable[str]) -> None:
    """CannotMake where one of them can be no id."""
    for id in ids:
        if not is_id(id):
            wrong = wrong_id(id)
            raise CannotMake(f"{wrong.fact}. {wrong.help}")


def assert_line(name: str) -> None:
    """CannotMake where a name is not one line of text."""
    if name and not (name.isprintable() and name == name.strip()):
        raise CannotMake("a name is one line of text, with nothing but letters, digits and marks in it")


def assert_free(handbook: Handbook, kind: str, id: str) -> None:
    """CannotMake where nothing new of this kind can have the id: it is none, or is or was that of something else."""
    assert_ids([id])
    if id in of_kind(handbook, kind):
        raise CannotMake(f"there is {with_article(title(kind))} '{id}' already: {path_of(kind, id)}")
    if now := renamed(handbook).get((kind, id)):
        raise CannotMake(f"'{now.reference}' was called '{id}' before, so that id stays reserved. Choose another.")


def existing(handbook: Handbook, kind: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Ids that are to be named in something new, each once; CannotMake where one is not there, or is out of use."""
    found = tuple(dict.fromkeys(id for id in ids if id))
    for id in found:
        if id not in of_kind(handbook, kind):
            raise CannotMake(f"there is no {title(kind)} {quoted(id)}. {_way_out(handbook, kind, id)}")
        role = handbook.roles.get(id) if kind == "role" else None
        if role and not role.active:
            now = handbook.current(id)
            raise CannotMake(
                f"the role '{id}' was merged. Name '{now}'."
                if now != id
                else f"the role '{id}' is retired. Name another."
            )
    return found


def _way_out(handbook: Handbook, kind: str, id: str) -> str:
    if may_be_lost(handbook, kind, id):
        return f"Mend {path_of(kind, id)} first: it cannot be read."
    now = called_now(handbook, kind, id)
    known = [*of_kind(handbook, kind)]
    called_so = [reference for reference in known if reference.endswith(f"/{id}")]
    if meant := now.reference if now else called_so[0] if len(called_so) == 1 else nearest(id, known):
        return f"Did you mean '{meant}'?"
    if kind in FILES:
        return f"Make it first: rolebook new {kind} {id if is_id(id) else 'ID'}"
    if not known:
        return "There is none yet."
    return f"There are: {', '.join(known[:MOST_NAMED])}{' …' if len(known) > MOST_NAMED else ''}"


def alike(handbook: Handbook, kind: str, names: Sequence[str]) -> Iterator[Thing]:
    """What of this kind is called nearly so, by its id, its name or another name."""
    wanted = [telling_words(name) for name in names if name]
    for thing in of_kind(handbook, kind).values():
        called = (telling_words(name) for name in (thing.id, thing.name, *thing.also) if name)
        if any(say_the_same(words, own) for own in called for words in wanted):
            yield thing
