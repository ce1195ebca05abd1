"""How a comparison is shown: one module for each format."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rolebook.cli.revisions import Side
from rolebook.comparing.approvals import Consent, consents
from rolebook.comparing.change import Change, Subject
from rolebook.comparing.compare import Comparison, compare
from rolebook.comparing.effect import Affected, Effects
from rolebook.comparing.effects import effects
from rolebook.comparing.wording import Wording, some
from rolebook.model.nouns import NOUNS
from rolebook.reporting.words import counted
from rolebook.value import value

_MOST = 4
"""So many of those who may approve something are named."""


@value()
class Difference:
    """All that is to be shown of two handbooks: what they are called, what changed, for whom, and who has to agree."""

    titles: tuple[str, str]
    comparison: Comparison
    effects: Effects
    consents: tuple[Consent, ...]
    wording: Wording

    def groups(self) -> Iterator[tuple[Subject, tuple[Change, ...]]]:
        """The changes by what they belong to."""
        for about, changes in groupby(self.comparison.changes, key=lambda change: change.about):
            yield about, tuple(changes)

    def heading(self, about: Subject) -> str:
        """What stands above the changes of something."""
        noun = NOUNS.get(about.kind)
        return f"{about.name} ({noun})" if noun else f"{about.name[:1].upper()}{about.name[1:]}"

    def told(self, affected: Affected) -> Iterator[str]:
        """What the changes mean for a role or a job, a sentence each."""
        yield from map(self.wording.effect, affected.effects)
        if affected.through:
            names = some([self.wording.name(("role",), role) for role in affected.through], str)
            yield f"see what changes for its {'roles' if len(affected.through) > 1 else 'role'} {names}"

    def consent(self, consent: Consent) -> str:
        """Who has to agree to the changes of something."""
        owner, *others = (self.wording.name(("role",), role) for role in (consent.owner, *consent.approvers[:_MOST]))
        asked = [f"{owner} as its owner"] if consent.owner else []
        asked += [f"the approval of {' or '.join(others)}"] if others else []
        asked[-1:] = [f"{asked[-1]} or others"] if len(consent.approvers) > _MOST else asked[-1:]
        renewed = ", which these changes renew" if consent.renewed else ""
        return f"{self.heading(consent.about)}: {', and '.join(asked) or 'nobody is named'}{renewed}"

    def counted(self) -> str:
        """How many changes there are, and how many roles and jobs they concern."""
        changes = counted(len(self.comparison.changes), "change")
        people = [*_several(self.effects.roles, "role"), *_several(self.effects.jobs, "job")]
        return f"{changes}, for {' and '.join(people)}" if people else changes


def difference(old: Side, new: Side) -> Difference:
    """Compare two handbooks, and work out all that is to be shown."""
    comparison = compare(old.handbook, new.handbook)
    wording = Wording(comparison)
    return Difference((old.title, new.title), comparison, effects(comparison), consents(comparison), wording)


def _several(affected: Iterable[Affected], what: str) -> list[str]:
    count = sum(1 for _ in affected)
    return [counted(count, what)] if count else []
