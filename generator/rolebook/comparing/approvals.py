"""Who has to agree to changes: whoever owns a process, and whoever may approve the documents of a function."""

from rolebook.comparing.change import RECORDING, Kind, Subject
from rolebook.comparing.compare import Comparison
from rolebook.model.handbook import Handbook
from rolebook.value import value

_FREE = RECORDING | {Kind.ID_CHANGED}
"""The kinds of change that nobody has to approve: of approvals themselves, and of ids, which nobody works by."""
_SIGNED = {"process": "processes", "job": "jobs", "role": "roles"}


@value(kw_only=True)
class Consent:
    """What needs consent: its `owner`, if it has one, and the roles that may approve it, any of which will do.

    `renewed` is true where the changes bring a newer approval.
    """

    about: Subject
    owner: str
    approvers: tuple[str, ...]
    renewed: bool


def consents(comparison: Comparison) -> tuple[Consent, ...]:
    """What changed that somebody has to approve, in the order of the changes."""
    renewed = {change.about for change in comparison.changes if change.kind is Kind.APPROVED}
    changed = (c.about for c in comparison.changes if c.kind not in _FREE and c.about.kind in _SIGNED)
    found = []
    for about in dict.fromkeys(changed):
        known = getattr(comparison.new, _SIGNED[about.kind])
        handbook = comparison.new if about.reference in known else comparison.old
        owner, function = _belongs(handbook, about)
        approvers = _approvers(handbook, function, owner)
        found.append(Consent(about=about, owner=owner, approvers=approvers, renewed=about in renewed))
    return tuple(found)


def _belongs(handbook: Handbook, about: Subject) -> tuple[str, str]:
    """The owner of something, if it has one, and the function whose documents it is one of."""
    if about.kind == "process":
        process = handbook.processes.get(about.reference)
        owner = handbook.current(process.owner) if process else ""
        role = handbook.roles.get(owner)
        return str(owner), str(role.function) if role else ""
    if about.kind == "job":
        return "", str(handbook.jobs[about.reference].function)
    return "", str(handbook.roles[about.reference].function)


def _approvers(handbook: Handbook, function: str, owner: str) -> tuple[str, ...]:
    """Who may approve documents of a function, besides their owner: where nobody is left, those of the larger one."""
    seen: set[str] = set()
    while function in handbook.functions and function not in seen:
        seen.add(function)
        unit = handbook.functions[function]
        roles = dict.fromkeys(str(handbook.current(role)) for role in (unit.head, *unit.approvers))
        if approvers := tuple(role for role in roles if role != owner):
            return approvers
        function = str(unit.part_of)
    return ()
