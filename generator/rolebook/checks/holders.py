"""Family 4, holders: every role has people who can hold it, and somebody to stand in for them."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.raci import merged_through
from rolebook.checks.wording import place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import all_read
from rolebook.model.coverage import jobs_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Role


@check("RB408", "impossible-holders")
def impossible_holders(handbook: Handbook) -> Iterator[Finding]:
    """A role shall have more holders at least than at most."""
    for role in handbook.roles.values():
        holders = role.holders
        if holders and holders.most is not None and holders.least > holders.most and handbook.whole(holders.span):
            message = f"'{role.id}' has {holders.least} holders at least and {holders.most} at most"
            help = f"Write the smaller number in 'least': 'holders: {{least: {holders.most}, most: {holders.least}}}'."
            yield Finding(holders.least.span, message, help)


@check("RB409", "own-deputy")
def own_deputy(handbook: Handbook) -> Iterator[Finding]:
    """A role stands in for itself."""
    for role in handbook.roles.values():
        for deputy in role.deputies if role.active else ():
            if deputy in handbook.roles and handbook.current(deputy) == role.id:
                message = f"'{role.id}' stands in for itself"
                help = "Name another role, or take 'deputies' out."
                yield Finding(deputy.span, message, help, tuple(merged_through(handbook, deputy)))


@check("RB410", "deputy-in-same-hands", Severity.WARNING)
def deputy_in_same_hands(handbook: Handbook) -> Iterator[Finding]:
    """The only holder of a role is also the only holder of its deputy."""
    if not all_read(handbook, "job"):
        return
    for role in handbook.roles.values():
        jobs = jobs_by_role(handbook).get(role.id, ())
        if not role.active or len(jobs) != 1 or not _has_one_holder(role):
            continue
        for deputy in role.deputies:
            other = handbook.roles.get(handbook.current(deputy))
            if (
                other
                and other.id != role.id
                and _has_one_holder(other)
                and jobs_by_role(handbook).get(other.id) == jobs
            ):
                message = f"whoever holds '{role.id}' also holds '{deputy}', and nobody else does"
                carried = tuple(
                    Related(text.span, f"'{jobs[0].id}' carries '{text}' here")
                    for text in jobs[0].carries
                    if handbook.current(text) in (role.id, other.id)
                )
                help = "Name a deputy whom another job carries."
                yield Finding(deputy.span, message, help, carried)


def _has_one_holder(role: Role) -> bool:
    return role.holders is not None and role.holders.most == 1


@check("RB412", "nobody-stands-in", Severity.WARNING)
def nobody_stands_in(handbook: Handbook) -> Iterator[Finding]:
    """A role has a single holder and no deputy."""
    for role in handbook.roles.values():
        if role.active and _has_one_holder(role) and not role.deputies and handbook.whole_file(role.id.span.path):
            help = "Name under 'deputies' a role whose holders can do its work meanwhile."
            message = f"nobody stands in when the only holder of '{role.id}' is away"
            yield Finding(place(role.name, role.id), message, help)
