"""Which packs a site offers: for each role that is trained the whole one, and those of what changed since a release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rolebook.comparing.effect import Effect, Weight
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook, derived
from rolebook.model.raci import Role
from rolebook.model.release import Release
from rolebook.model.released import is_as_released
from rolebook.pages.packs.choosing import everybody, untrained
from rolebook.pages.packs.delta import Since, essence, since
from rolebook.pages.packs.edition import Edition
from rolebook.rendering import Links

FOLDER = "packs"
_RELEASES = 3
"""So many releases back, a pack tells what changed since."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack of a site; the whole one is `since` nothing, and `of_words` is what only tells of other words.

    Since the releases in `same`, all older, the same changed: their readers need no pack of their own.
    """

    role: Role
    since: Release | None = None
    same: tuple[Release, ...] = ()
    of_words: bool = False

    @property
    def edition(self) -> Edition:
        """What is in it; never the answers, since anybody may read a site."""
        return Edition(since=str(self.since.id) if self.since else "")

    @property
    def name(self) -> str:
        """Its path in the site, without an ending."""
        return f"{FOLDER}/{self.edition.file(str(self.role.id))}"


@dataclass(frozen=True, slots=True)
class Offers:
    """The packs of a role, of changes since the newest release first.

    Since the release `unchanged` nothing changed for it: who was trained in that, or in a later one, needs none.
    """

    whole: Offer
    deltas: tuple[Offer, ...]
    unchanged: Release | None
    minutes: int
    """How long all its training takes."""

    @property
    def with_answers(self) -> str:
        """The command that makes the edition of the trainer."""
        return f"rolebook pack {self.whole.role.id} --audience trainer"

    def __iter__(self) -> Iterator[Offer]:
        yield self.whole
        yield from self.deltas


@derived
def offers(handbook: Handbook) -> Mapping[str, Offers]:
    """The packs of each role in use that some plan trains, in the order of functions; all of `past` is needed."""
    return {role: _offers(handbook, role) for role in everybody(handbook) if untrained(handbook, role) is None}


@derived
def lately(handbook: Handbook) -> Mapping[str, Since]:
    """What changed since each of the last releases before the handbook as it stands, the newest first."""
    releases = [*handbook.releases]
    if is_as_released(handbook):
        releases.pop()
    return {id: since(handbook, id) for id in reversed(releases[-_RELEASES:]) if handbook.past.get(id) is not None}


def offered(handbook: Handbook, links: Links) -> Mapping[str, Offers]:
    """The packs that lie beside the pages; none where the site has none."""
    return offers(handbook) if links.packs else {}


def _offers(handbook: Handbook, id: str) -> Offers:
    role = handbook.roles[id]
    deltas: list[Offer] = []
    unchanged: Release | None = None
    known: object = None
    for version, past in lately(handbook).items():
        release, told = handbook.releases[version], past.by_role.get(id, ())
        if any(one.effect is Effect.NEW for one in told):
            break  # nobody can have been trained in what was not there
        if not told:
            unchanged = unchanged if deltas else release
        elif (what := essence(past, told)) == known:
            deltas[-1] = replace(deltas[-1], same=(*deltas[-1].same, release))
        else:
            known = what
            deltas.append(Offer(role, release, of_words=all(one.weight <= Weight.WORDING for one in told)))
    minutes = sum(module.minutes for _, module in modules_by_role(handbook)[id])
    return Offers(Offer(role), tuple(deltas), unchanged, minutes)
