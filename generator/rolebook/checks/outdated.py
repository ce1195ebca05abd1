"""Approvals and modules of training that are older than a change of what they are about."""

from collections.abc import Iterable, Iterator, Sequence

from rolebook.checks.wording import MOST_NAMED, all_of, any_of, place
from rolebook.comparing.approvals import consents
from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.grounds import COMES_OR_GOES, LETTERS, Grounds
from rolebook.comparing.places import place as place_of
from rolebook.comparing.since import since_release
from rolebook.comparing.substance import alters
from rolebook.comparing.wording import Wording
from rolebook.diagnostic import Finding, Related
from rolebook.model.handbook import Handbook

_DOCUMENTS = {"process": "processes", "job": "jobs"}
"""What is approved, by kind and by the field of the handbook that holds it."""
_MOST_SHOWN = 3
"""So many changes are shown; the others are counted."""
_TAUGHT = frozenset({"content", "materials", "objectives", "observed", "questions"})
"""The fields of a module in which a change shows that somebody has looked at what it teaches."""
_ASKED_OR_TOLD = frozenset("CI")
"""The letters of those who are asked or told, which is not taught to others."""


def unrenewed(handbook: Handbook, version: str) -> Iterator[Finding]:
    """The documents that have changed since the newest release, of this version, and were not approved again."""
    comparison = since_release(handbook)
    if comparison is None:
        return
    altering: dict[Subject, list[Change]] = {}
    for change in filter(alters, comparison.changes):
        altering.setdefault(change.about, []).append(change)
    for consent in consents(comparison):
        about = consent.about
        document = getattr(handbook, _DOCUMENTS[about.kind]).get(about.reference) if about.kind in _DOCUMENTS else None
        if document is None or document.approval is None or consent.renewed:
            continue  # RB802 tells where nobody has approved it
        changes = altering.get(about, [])
        if not changes or any(change.kind is Kind.ADDED and change.thing == about for change in changes):
            continue
        approved = document.approval.approved
        message = f"'{document.id}' has changed since {version}, and was last approved on {approved.isoformat()}"
        by = " by " * bool(consent.approvers) + any_of(f"'{role}'" for role in consent.approvers)
        help = f"Have the changes approved{by}, and write the new days in 'approved' and 'next_review'."
        yield Finding(approved.span, message, help, _shown(comparison, changes))


def unreviewed(handbook: Handbook) -> Iterator[Finding]:
    """The modules that teach what has changed since the newest release, and that nobody has looked at."""
    comparison = since_release(handbook)
    changed = _done_otherwise(comparison) if comparison else {}
    if comparison is None or not changed:
        return
    seen, lately = _looked_at(comparison)
    for plan in handbook.plans.values():
        for module in plan.modules:
            reference = f"{plan.id}/{module.id}"
            taught = [what for what in module.teaches if what in changed and (reference, str(what)) not in lately]
            if reference in seen or not taught:
                continue
            message = f"the module '{module.id}' was not reviewed since {_few(taught)} changed"
            help = (
                f"Have '{plan.owner}' look through it, mend what is no longer right, and write the day in 'reviewed'."
            )
            changes = list(dict.fromkeys(change for what in taught for change in changed[what]))
            span = module.reviewed.span if module.reviewed else place(module.id, plan.id)
            yield Finding(span, message, help, _shown(comparison, changes))


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = [f"'{name}'" for name in names[:MOST_NAMED]]
    return all_of((*shown, f"{more} more") if more > 0 else shown)


def _shown(comparison: Comparison, changes: Sequence[Change]) -> tuple[Related, ...]:
    """The first changes, each at its place, and how many there are besides."""
    wording = Wording(comparison)
    shown = [(place_of(comparison.new, change), wording.sentence(change)) for change in changes[:_MOST_SHOWN]]
    if (more := len(changes) - len(shown)) > 0:
        span, sentence = shown[-1]
        shown[-1] = span, f"{sentence} (and {more} more change{'s' * (more > 1)})"
    return tuple(Related(*one) for one in shown)


def _done_otherwise(comparison: Comparison) -> dict[str, list[Change]]:
    """The changes of how an activity is done, and of a process as a whole, by what they change."""
    grounds = Grounds(comparison)
    found: dict[str, list[Change]] = {}
    for change in comparison.changes:
        if change.about.kind == "process" and alters(change) and not _only_asked_or_told(change):
            for name in dict.fromkeys(_whose(change, grounds)):
                found.setdefault(name, []).append(change)
    there = comparison.new
    return {name: changes for name, changes in found.items() if there.activity(name) or name in there.processes}


def _whose(change: Change, grounds: Grounds) -> Iterable[str]:
    """The activities that a change in a process is about, and the process where it is about more than one of them."""
    if change.thing.kind == "activity":
        yield change.thing.reference
    elif change.thing.kind in ("control", "hand-off", "input"):
        named = sorted(grounds.of(change))
        yield from (ground.partition(":")[2] for ground in named if ground.startswith("activity:"))
    if change.thing.kind != "activity" or change.kind in LETTERS | COMES_OR_GOES:
        yield change.about.reference


def _only_asked_or_told(change: Change) -> bool:
    return change.kind in LETTERS and {*change.old} ^ {*change.new} <= _ASKED_OR_TOLD


def _looked_at(comparison: Comparison) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The modules that somebody has looked at or that are new, and what others teach only lately, by module."""
    own = [change for change in comparison.changes if change.thing.kind == "module"]
    seen = {change.thing.reference for change in own if _shows_a_look(change)}
    plans = (c.thing.reference for c in comparison.changes if c.thing.kind == "plan" and c.kind is Kind.ADDED)
    seen.update(f"{plan}/{module.id}" for plan in plans for module in comparison.new.plans[plan].modules)
    lately = ((c.thing.reference, reference) for c in own if c.field == "teaches" for reference in c.new)
    return frozenset(seen), frozenset(lately)


def _shows_a_look(change: Change) -> bool:
    is_later = change.field == "reviewed" and change.new > change.old
    return is_later or change.kind is Kind.ADDED or change.field in _TAUGHT
