"""Family 2, RACI: for every activity it is clear who does it, who answers for it, and who is asked and told."""

from collections import Counter
from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.parts import passing
from rolebook.checks.wording import quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.coverage import parts
from rolebook.model.handbook import Handbook, derived
from rolebook.model.raci import Incompatible, Involvement, Matrix, Row
from rolebook.source import Text

_VERBS = {
    Involvement.RESPONSIBLE: "responsible",
    Involvement.ACCOUNTABLE: "accountable",
    Involvement.CONSULTED: "consulted",
    Involvement.INFORMED: "informed",
}


@derived
def _rows(handbook: Handbook) -> tuple[tuple[Matrix, Row], ...]:
    """The rows that are about an activity of the handbook and could be read completely, with their matrices."""
    return tuple(
        (matrix, row)
        for matrix in handbook.matrices.values()
        for row in matrix.rows
        if handbook.activity(f"{matrix.id}/{row.activity}") and handbook.whole(row.span)
    )


@check("RB201", "activity-without-accountable")
def activity_without_accountable(handbook: Handbook) -> Iterator[Finding]:
    """An activity has no accountable role."""
    for _, row in _rows(handbook):
        if not row.accountable:
            message = f"nobody is accountable for '{row.activity}'"
            yield Finding(row.activity.span, message, "Add 'A' with the one role that answers for the result.")


@check("RB202", "several-accountable")
def several_accountable(handbook: Handbook) -> Iterator[Finding]:
    """An activity has more than one accountable role."""
    for _, row in _rows(handbook):
        for role in row.accountable[1:]:
            first = row.accountable[0]
            if handbook.current(role) != handbook.current(first):
                related = Related(first.span, f"'{first}' is accountable here")
                message = f"'{row.activity}' already has an accountable role"
                help = "Keep the one that answers for the result, and make the other responsible or consulted."
                yield Finding(role.span, message, help, (related,))


@check("RB203", "nobody-responsible")
def nobody_responsible(handbook: Handbook) -> Iterator[Finding]:
    """An activity has no responsible role."""
    for matrix, row in _rows(handbook):
        if not row.responsible:
            message = f"nobody is responsible for '{row.activity}'"
            waiting = passing(handbook, f"{matrix.id}/{row.activity}")
            yield Finding(row.activity.span, message, "Add 'R' with the role that does the work.", waiting)


@check("RB205", "crowd-of-consulted", Severity.WARNING)
def crowd_of_consulted(handbook: Handbook) -> Iterator[Finding]:
    """So many are consulted on an activity that it will wait for them."""
    most = handbook.check_settings.limits.consulted
    for _, row in _rows(handbook):
        if len(row.consulted) > most:
            message = f"{len(row.consulted)} are consulted on '{row.activity}'"
            help = f"Consult {most} at most, and inform those who need not be asked first."
            yield Finding(row.consulted[most].span, message, help)


@check("RB206", "redundant-letters", Severity.WARNING)
def redundant_letters(handbook: Handbook) -> Iterator[Finding]:
    """A role has a letter in an activity that adds nothing to what it has there."""
    for _, row in _rows(handbook):
        holders = [handbook.current(role) for _, role in row.assignments()]
        if len(set(holders)) == len(holders):
            continue
        had: dict[str, dict[Involvement, Text]] = {}
        for involvement, role in row.assignments():
            letters = had.setdefault(handbook.current(role), {})
            stronger = next(iter(letters), None)
            if involvement in letters:
                before, again = involvement, "twice"
            elif stronger and involvement is not Involvement.ACCOUNTABLE:
                before, again = stronger, f"though it is {_VERBS[stronger]} already"
            else:
                letters[involvement] = role
                continue
            message = f"{quoted(role)} is {_VERBS[involvement]} {again}"
            related = Related(letters[before].span, f"it is {_VERBS[before]} here")
            yield Finding(role.span, message, f"Take it out of '{involvement}'.", (related,))


@check("RB207", "incompatible-in-one-role")
def incompatible_in_one_role(handbook: Handbook) -> Iterator[Finding]:
    """Duties that must not meet have come together in one role."""
    for role in handbook.roles.values():
        for other in role.incompatible_with:
            holder = handbook.current(role.id)
            if not other.role or other.role not in handbook.roles or handbook.current(other.role) != holder:
                continue
            if other.role == role.id:
                message = f"'{role.id}' is incompatible with itself"
            else:
                message = f"'{role.id}' and '{other.role}' must not meet, but '{holder}' is both since they were merged"
            merged = (handbook.roles[id].merged_into for id in (role.id, other.role))
            related = tuple(Related(into.span, f"merged into '{into}' here") for into in merged if into)
            help = "Keep two roles, or take the rule out if it no longer holds."
            yield Finding(other.role.span, message, help, related)


@check("RB209", "incompatible-deputy")
def incompatible_deputy(handbook: Handbook) -> Iterator[Finding]:
    """A role is deputised by one that must not be held together with it."""
    for role in handbook.roles.values():
        for deputy in role.deputies if role.active else ():
            rule = incompatibilities(handbook).get((role.id, handbook.current(deputy)))
            if rule:
                related = Related(rule.role.span, "the rule stands here")
                message = f"'{deputy}' deputises for '{role.id}' but must not be held together with it"
                yield Finding(deputy.span, message, "Name another deputy.", (related,))


@derived
def incompatibilities(handbook: Handbook) -> Mapping[tuple[str, str], Incompatible]:
    """The rule that keeps two roles apart, by both roles; what a merged role must not meet, its successor must not."""
    found: dict[tuple[str, str], Incompatible] = {}
    for role in handbook.roles.values():
        for rule in role.incompatible_with:
            one, other = handbook.current(role.id), handbook.current(rule.role)
            if one != other:
                found.setdefault((one, other), rule)
                found.setdefault((other, one), rule)
    return found


@check("RB210", "accountable-for-too-much", Severity.WARNING)
def accountable_for_too_much(handbook: Handbook) -> Iterator[Finding]:
    """One role answers for more activities than one can look after."""
    most = handbook.check_settings.limits.accountable
    answered: Counter[str] = Counter()
    for holder, own in parts(handbook).items():
        answered[holder] = sum(Involvement.ACCOUNTABLE in part.involvements for part in own)
    for role in handbook.roles.values():
        if answered[role.id] > most:
            message = f"'{role.id}' is accountable for {answered[role.id]} activities"
            help = f"Leave it {most} at most, and make others accountable for the rest."
            yield Finding(role.id.span, message, help)


def merged_through(handbook: Handbook, *roles: Text) -> Iterator[Related]:
    """How one comes to a role that was merged into the one that a rule names."""
    for role in roles:
        found = handbook.roles.get(role)
        if found and found.merged_into:
            yield Related(found.merged_into.span, f"'{role}' was merged into '{found.merged_into}' here")
