"""Family 6, the ratchet: what an improvement brought that a release consolidated is not undone by a later edit."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.held import Loss
from rolebook.checks.improvements import AGREED
from rolebook.checks.whereabouts import is_untouched, kept_by_ratchet, today
from rolebook.checks.wording import place, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.loading.snapshots.protecting import damage, protected
from rolebook.model.backlinks import replaced_by
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.protected import Protected
from rolebook.model.released import released_in
from rolebook.source import Span, Text
from rolebook.value import value


@value()
class Undone:
    """Something that is undone of what an improvement brought, and the improvement that may do so, if there is one."""

    protected: Protected
    loss: Loss
    by: Improvement | None


def undone(handbook: Handbook) -> tuple[Undone, ...]:
    """Everything that is undone, excused or not; nothing where something could not be read and may be there."""
    if handbook.lost or is_untouched(handbook):
        return ()
    from rolebook.checks.holding import held  # most runs find nothing changed, and do without

    found = (
        Undone(one, loss, excuse(handbook, one))
        for one in protected(handbook)
        for _, _, thing in held(handbook, one)
        for loss in thing.losses
    )
    return tuple(dict.fromkeys(found))  # a control that is gone is missed at each of its activities


def replacing(handbook: Handbook, one: Protected) -> tuple[Improvement, ...]:
    """The improvements that say that they replace one that protects something."""
    return replaced_by(handbook).get(today(handbook, "improvement", one.improvement) or str(one.improvement), ())


def excuse(handbook: Handbook, one: Protected) -> Improvement | None:
    """The improvement that may undo what another one protects."""
    return next((other for other in replacing(handbook, one) if not why_not(handbook, other)), None)


def why_not(handbook: Handbook, other: Improvement) -> str:
    """Why an improvement may not undo what it replaces; "" where it may."""
    if other.status not in AGREED:
        return f"it is {other.status}"
    if other.approval is None:
        return "nobody has approved it"
    if release := released_in(handbook).get(other.id):
        return f"it was released in {release.id}, and what is left since then stays"
    return ""


@check("RB608", "undone-improvement")
def undone_improvement(handbook: Handbook) -> Iterator[Finding]:
    """Something is undone that an improvement brought which was released."""
    if not is_untouched(handbook) and (fault := damage(handbook)):
        message = f"what released improvements protect cannot be read: {fault}"
        yield Finding(fault.span, message, "Get this file back as it was from the history of the repository.")
    for found in undone(handbook):
        if found.by is None:
            yield _finding(handbook, found.protected, found.loss)


def _finding(handbook: Handbook, one: Protected, loss: Loss) -> Finding:
    now = today(handbook, "improvement", one.improvement) or str(one.improvement)
    message = f"{loss.message}: this undoes {quoted(one.name)}, released in {one.since}"
    help = f"{loss.help}; otherwise an approved improvement must say 'replaces: {now}'."
    others = (
        Related(named.span, f"'{other.id}' replaces it, but {why_not(handbook, other)}")
        for other in replacing(handbook, one)
        for named in other.replaces
        if named == now
    )
    return Finding(loss.span, message, help, (Related(_told(handbook, one), "this improvement brought it"), *others))


def _told(handbook: Handbook, one: Protected) -> Span:
    """Where an improvement stands, or the release that names it where its file is gone."""
    improvement = handbook.improvements.get(today(handbook, "improvement", one.improvement) or "")
    if improvement:
        return place(improvement.name, improvement.id)
    release = handbook.releases.get(one.since)
    named: tuple[Text, ...] = release.improvements if release else ()
    return next((id.span for id in named if id == one.improvement), Span.of_file(one.span.path))


@check("RB609", "idle-replacement", Severity.WARNING)
def idle_replacement(handbook: Handbook) -> Iterator[Finding]:
    """An improvement replaces one that was never achieved, and so protects nothing."""
    for improvement in handbook.improvements.values():
        for named in improvement.replaces if improvement.status != Status.REJECTED.value else ():
            other = handbook.improvements.get(named)
            if other and other.status and other.status != Status.ACHIEVED.value:
                if other.id in kept_by_ratchet(handbook):
                    continue  # it was achieved when it was released
                message = f"'{other.id}' protects nothing that could be undone: it is {other.status}"
                related = (Related(other.status.span, "it says so here"),)
                yield Finding(
                    named.span, message, "Take it out here, or name an improvement that was achieved.", related
                )
