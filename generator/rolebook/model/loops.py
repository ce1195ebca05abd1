"""Loops: things that come back to themselves when each is followed to what it names."""

from collections.abc import Iterable, Iterator, Mapping


def loops(onwards: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The loops among the keys of `onwards`, each as its members in turn, beginning with the first key in it.

    Where loops share members, one of them is found; names that are no keys lead nowhere.
    """
    order = {name: position for position, name in enumerate(onwards)}
    seen: set[str] = set()
    told: set[str] = set()
    for start in onwards:
        if start in seen:
            continue
        for loop in _from(start, onwards, seen, told):
            told.update(loop)
            first = loop.index(min(loop, key=order.__getitem__))
            yield (*loop[first:], *loop[:first])


def _from(
    start: str, onwards: Mapping[str, Iterable[str]], seen: set[str], told: set[str]
) -> Iterator[tuple[str, ...]]:
    """Go on from `start` as far as nobody has been (`seen`), and give each loop without members that were `told`."""
    path = [start]
    on_path = {start}
    branches = [iter(onwards[start])]
    seen.add(start)
    while path:
        following = next(branches[-1], None)
        if following is None:
            on_path.remove(path.pop())
            branches.pop()
        elif following in on_path:
            if following not in told and path[-1] not in told:
                loop = tuple(path[path.index(following) :])
                if told.isdisjoint(loop):
                    yield loop
        elif following in onwards and following not in seen:
            seen.add(following)
            path.append(following)
            on_path.add(following)
            branches.append(iter(onwards[following]))
