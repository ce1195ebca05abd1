"""What every page says of the version that it belongs to: a release, or a draft of the next one."""

from markupsafe import Markup, escape

from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.released import is_as_released, newest
from rolebook.rendering import Look, Writing
from rolebook.value import value

LATEST = "latest"
"""The name under which the newest of the published versions can always be found."""


@value()
class Imprint:
    """The line about the version, as HTML; and where it lies beside others, words for links to the newest one.

    `look` is what a link says that is always there. `older` is what a page says when a newer version has come to lie
    beside it, and `lead` what its link says then.
    """

    line: Markup
    look: str = ""
    older: str = ""
    lead: str = ""


def imprint(handbook: Handbook, look: Look, *, published: bool) -> Imprint | None:
    """The imprint of a handbook, which must be its newest release to be `published`; None where there is no release."""
    release = newest(handbook)
    if release is None:
        return None
    say = look.say
    if published:
        older = say("There is a newer version of this handbook.")
        return Imprint(_version(release, look), say("Look for a newer one"), older, say("Go to the newest version"))
    if is_as_released(handbook):
        return Imprint(_version(release, look))
    return Imprint(escape(say("This is a draft after version {version}.")).format(version=release.id))


def _version(release: Release, look: Look) -> Markup:
    day = Writing(look.speech).day(release.date)
    return escape(look.say("This is version {version} of {day}.")).format(version=release.id, day=day)
