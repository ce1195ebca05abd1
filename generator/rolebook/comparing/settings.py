"""What changed in what is settled about the checks."""

from collections.abc import Iterator

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.meaning import folded, reworded
from rolebook.comparing.pairs import Pair, tells
from rolebook.comparing.phrase import Phrase, choice
from rolebook.model.check_settings import CheckSettings

_USUAL = Phrase("as usual")


@tells(CheckSettings, "checks")
def checks(pair: Pair) -> Iterator[Change]:
    """The checks that weigh otherwise than they did, or for another reason."""
    was = {str(setting.check): setting for setting in pair.old.checks}
    now = {str(setting.check): setting for setting in pair.new.checks}
    for code in [*now, *(code for code in was if code not in now)]:
        old, new = was.get(code), now.get(code)
        inner = pair.part(old, new, Subject("check", code, code))
        if old is None or new is None or old.severity != new.severity:
            weights = tuple((choice(side.severity) if side else _USUAL,) for side in (old, new))
            yield inner.change(
                Kind.CHECK_SETTLED, new or old, in_old=new is None, field="checks", old=weights[0], new=weights[1]
            )
        elif folded(old.reason) != folded(new.reason):
            kind = Kind.REWORDED if reworded(old.reason, new.reason) else Kind.CHANGED
            yield inner.change(kind, new.reason, field="reason", old=(folded(old.reason),), new=(folded(new.reason),))
