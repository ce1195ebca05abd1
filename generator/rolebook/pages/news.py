"""What changed for a role or a job, version by version: what its page tells those who hold it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from rolebook.comparing.effect import Effect, Told
from rolebook.model.improvement import Improvement
from rolebook.model.release import Release
from rolebook.pages.linking import Linker
from rolebook.pages.moments import Moment, moments
from rolebook.pages.places import changes_of
from rolebook.pages.telling import Telling
from rolebook.pages.through_roles import through_roles

LEARN = "learn"
_TOPIC: Mapping[Effect, str] = {
    **dict.fromkeys((Effect.NEW_TRAINING, Effect.OTHER_TRAINING), LEARN),
    **dict.fromkeys((Effect.NEW, Effect.GONE, Effect.RETIRED, Effect.MERGED, Effect.REVIVED), "self"),
    **dict.fromkeys((Effect.TAKES_OVER, Effect.RENAMED, Effect.CARRIES, Effect.CARRIES_NO_LONGER), "self"),
    **dict.fromkeys((Effect.GAINED, Effect.LETTERS, Effect.LOST, Effect.OWNS, Effect.OWNS_NO_LONGER), "work"),
    **dict.fromkeys((Effect.DOES_OTHERWISE, Effect.MEASURED_OTHERWISE), "manner"),
    **dict.fromkeys((Effect.NEW_PARTNER, Effect.PARTNER_GONE), "people"),
    Effect.OWN: "description",
    Effect.TRAINING_GONE: "spared",
}
"""What effects are about, in the order in which they are told: what there is to learn stands first.

Those that are not here are of words only, and folded.
"""
_AT_ONCE = 3
"""So many partners are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One effect, and why it came: the improvements that brought it, and other reasons.

    `again` says that there are reasons which were given further up already.
    """

    told: Told
    because: tuple[Improvement, ...]
    reasons: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What a version changed: the lines of each topic, and those that only find other words.

    `role` is the role through which it concerns a job, or that which something `passed_to`; "" for what is the
    page's own.
    """

    role: str
    topics: tuple[tuple[str, tuple[Line, ...]], ...]
    words: tuple[Line, ...]
    passed_to: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """What a version changed for a role or a job; `release` is None for what is not released yet.

    Where there are no `shares`, nothing changed; nor did it in the releases `before` it, newest first.
    """

    release: Release | None
    shares: tuple[Share, ...] = ()
    before: tuple[Release, ...] = ()
    is_first: bool = False
    telling: Telling | None = None

    @property
    def anchor(self) -> str:
        """Where the page tells of it."""
        return changes_of(self.release.id if self.release else "")

    @property
    def changes(self) -> int:
        """How many effects it has that are more than words."""
        return sum(len(lines) for _, lines in self._topics)

    @property
    def to_learn(self) -> int:
        """How many training modules are new to it, or teach something else."""
        return len({line.told.thing for topic, lines in self._topics if topic == LEARN for line in lines})

    @property
    def _topics(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        return (topic for share in self.shares if not share.passed_to for topic in share.topics)


def of_role(link: Linker, id: str) -> tuple[Version, ...]:
    """What changed for a role, the newest version first; nothing where there is no release."""
    versions: Iterable[Version] = _versions(link, "role", id, _shares_of_role)
    if not link.handbook.roles[id].active:
        versions = dropwhile(lambda version: not version.shares, versions)
    return tuple(_gathered(versions))


def of_job(link: Linker, id: str) -> tuple[Version, ...]:
    """What changed for a job and through its roles, the newest version first; nothing where there is no release."""
    return tuple(_gathered(_versions(link, "job", id, _shares_of_job)))


def last(versions: Iterable[Version]) -> Version | None:
    """The newest version in which something changed."""
    return next((version for version in versions if version.shares), None)


def _versions(link: Linker, kind: str, id: str, told_by: Callable[[Moment, str], Iterator[Share]]) -> Iterator[Version]:
    """Every version since there is such a role or job, the newest first."""
    for moment in moments(link.handbook):
        step = moment.step
        if step.comparison is None:
            if step.before is None:
                yield Version(step.release, is_first=True)
            continue
        shares = tuple(share for share in told_by(moment, id) if share.topics or share.words)
        if step.release or step.comparison.changes:
            yield Version(step.release, shares, telling=Telling(step.comparison, link) if shares else None)
        if any(told.effect is Effect.NEW for told in moment.effects(kind, id)):
            return


def _gathered(versions: Iterable[Version]) -> Iterator[Version]:
    """The versions, with releases in a row in which nothing changed as one."""
    for is_silent, run in groupby(versions, key=_is_silent):
        if is_silent:
            first, *others = run
            yield replace(first, before=tuple(version.release for version in others if version.release))
        else:
            yield from run


def _is_silent(version: Version) -> bool:
    return version.release is not None and not version.shares and not version.is_first


def _shares_of_role(moment: Moment, id: str) -> Iterator[Share]:
    own = moment.effects("role", id)
    yield _share(moment, own, f"role:{id}")
    for told in own:
        if told.effect is Effect.MERGED:
            successor = moment.today("role", told.new[0])
            yield replace(_share(moment, moment.taken_over(id, successor), "", role=successor), passed_to=True)


def _shares_of_job(moment: Moment, id: str) -> Iterator[Share]:
    """What changes for the job itself, with all that there is to learn, and then what changes through each role."""
    through = tuple(through_roles(moment, id))
    to_learn = (told for _, effects in through for told in effects if _TOPIC.get(told.effect) == LEARN)
    yield _share(moment, (*moment.effects("job", id), *dict.fromkeys(to_learn)), f"job:{id}")
    for role, effects in through:
        yield _share(moment, tuple(told for told in effects if _TOPIC.get(told.effect) != LEARN), "", role=role)


def _share(moment: Moment, effects: tuple[Told, ...], who: str, role: str = "") -> Share:
    """The effects by topic; of something new, only that it is, and what there is to learn."""
    is_new = any(told.effect is Effect.NEW for told in effects)
    topics: dict[str, list[Line]] = {topic: [] for topic in _TOPIC.values()}
    words: list[Line] = []
    for told in _partners_together(effects):
        line = Line(told, moment.because(told, who), moment.reasons(told, who))
        topic = _TOPIC.get(told.effect)
        if topic is None:
            words.append(line)
        elif not is_new or topic == LEARN or told.effect is Effect.NEW:
            topics[topic].append(line)
    given: set[str] = set()
    told_of = tuple((topic, tuple(_given_once(lines, given))) for topic, lines in topics.items() if lines)
    return Share(role, told_of, () if is_new else tuple(words))


def _given_once(lines: Iterable[Line], given: set[str]) -> Iterator[Line]:
    """The lines without reasons that are `given` already; those of each are added."""
    for line in lines:
        reasons = tuple(why for why in line.reasons if why not in given)
        given.update(reasons)
        yield Line(line.told, line.because, reasons, again=len(reasons) < len(line.reasons))


def _partners_together(effects: tuple[Told, ...]) -> Iterator[Told]:
    """The effects, with several partners in one sentence."""
    for kind, own in groupby(effects, key=lambda told: told.effect):
        if kind not in (Effect.NEW_PARTNER, Effect.PARTNER_GONE):
            yield from own
            continue
        several = tuple(own)
        for start in range(0, len(several), _AT_ONCE):
            some = several[start : start + _AT_ONCE]
            yield Told(
                effect=kind,
                old=tuple(one for told in some for one in told.old),
                new=tuple(one for told in some for one in told.new),
            )
