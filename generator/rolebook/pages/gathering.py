"""Changes and effects gathered for the page of a version: by what they are about, and by whom they concern."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rolebook.comparing import Change, Subject
from rolebook.comparing.effect import Affected, Effect, Told, Weight
from rolebook.pages.linking import Linker
from rolebook.pages.moments import Moment
from rolebook.pages.places import changes_of, place

_MOST = 300
"""So many sentences of a kind are told on a page; of what else changed there, only how much that is, as far as so many
things are named."""
FEW = 30
"""Up to so many sentences stand open; more are folded, by what they are about."""
_FATES = (Effect.NEW, Effect.GONE, Effect.RETIRED, Effect.MERGED, Effect.REVIVED, Effect.RENAMED)
"""What becomes of a role itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one thing, or for one role or job: the sentences as far as there is room, and how many."""

    about: Subject
    changes: tuple[Change, ...] = ()
    effects: tuple[Told, ...] = ()
    count: int = 0
    through: tuple[str, ...] = ()
    """Of a job, the roles through which it is concerned."""
    href: str = ""
    """Where the page of a role or job tells of it; "" where it has none any more."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Everything of a kind that changed; `is_long` where it should be folded.

    `count` is how many groups there are in all, and `groups` those of them that are shown.
    """

    groups: tuple[Group, ...]
    count: int
    is_long: bool

    @property
    def more(self) -> int:
        """How many groups are not shown."""
        return self.count - len(self.groups)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.groups)


def of_things(changes: Iterable[Change], few: int = FEW) -> Groups:
    """Changes by what they belong to; folded where there are more than a few."""
    by_subject: dict[Subject, list[Change]] = {}
    for change in changes:
        by_subject.setdefault(change.about, []).append(change)
    return _groups((Group(about=about, changes=tuple(own), count=len(own)) for about, own in by_subject.items()), few)


def of_people(link: Linker, moment: Moment, concerned: Sequence[Affected]) -> Groups:
    """Effects by the role or job that they concern; what is a matter of words stands last."""
    version = moment.step.release.id if moment.step.release else ""
    groups = []
    for one in concerned:
        now = moment.today(one.who.kind, one.who.reference)
        href = link.to(place(one.who.kind, now).page, changes_of(version)) if now else ""
        told = sorted(one.effects, key=lambda told: told.weight is Weight.WORDING)
        groups.append(Group(about=one.who, effects=tuple(told), count=len(told), through=one.through, href=href))
    return _groups(groups)


def _groups(groups: Iterable[Group], few: int = FEW) -> Groups:
    """The groups, with sentences as long as there is room for all of one group."""
    found = []
    room = _MOST
    for group in groups:
        room -= group.count
        found.append(group if room >= 0 else replace(group, changes=(), effects=()))
    return Groups(tuple(found[:_MOST]), len(found), sum(group.count for group in found) > few)


def fates(roles: Sequence[Affected]) -> tuple[Affected, ...]:
    """The roles that are new, gone, merged or called otherwise, each with that alone."""
    found = (
        Affected(who=role.who, effects=tuple(told for told in role.effects if told.effect in _FATES)) for role in roles
    )
    return tuple(role for role in found if role.effects)
