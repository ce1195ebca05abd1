"""What a check needs to say about one thing that a released improvement protects."""

from rolebook.model.protected import Kept
from rolebook.source import Span
from rolebook.value import value


@value()
class Loss:
    """Something that is undone: where that shows, what has changed, and how to restore it."""

    span: Span
    message: str
    help: str


@value()
class Held:
    """How it stands with one thing that is protected.

    `what` says it as a sentence, `span` is where it stands now or would stand. `kept` is what is protected from now on
    in its place: under its present name, and nothing where it is undone, or hangs on something that is.
    """

    what: str
    span: Span
    losses: tuple[Loss, ...] = ()
    kept: tuple[Kept, ...] = ()
