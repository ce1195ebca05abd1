"""A comparison for programs: one JSON object, described in docs/guide/comparing.md."""

from typing import Any

from rolebook.cli.differences import Difference
from rolebook.comparing.change import Change, Subject
from rolebook.comparing.effect import Affected, Told
from rolebook.reporting.dump import dump


def show(difference: Difference) -> str:
    """The comparison as JSON text, `version` 1 of the format."""
    old, new = difference.titles
    roles, jobs = difference.effects.roles, difference.effects.jobs
    whole = {
        "version": 1,
        "old": old,
        "new": new,
        "changes": [_change(difference, change) for change in difference.comparison.changes],
        "roles": [_affected(difference, affected) for affected in roles],
        "jobs": [{**_affected(difference, affected), "through": list(affected.through)} for affected in jobs],
        "consents": [
            {
                "about": _subject(consent.about),
                "owner": consent.owner or None,
                "approvers": list(consent.approvers),
                "renewed": consent.renewed,
            }
            for consent in difference.consents
        ],
        "summary": {"changes": len(difference.comparison.changes), "roles": len(roles), "jobs": len(jobs)},
    }
    return dump(whole)


def _change(difference: Difference, change: Change) -> dict[str, Any]:
    span = change.span
    return {
        "kind": change.kind.code,
        "sentence": difference.wording.sentence(change),
        "about": _subject(change.about),
        "thing": _subject(change.thing),
        "field": change.field or None,
        "role": change.role or None,
        "old": list(change.old),
        "new": list(change.new),
        "place": {
            "side": "old" if change.in_old else "new",
            "path": span.path,
            "line": span.line,
            "column": span.column,
        },
    }


def _subject(subject: Subject) -> dict[str, str]:
    return {"kind": subject.kind, "id": subject.reference, "name": subject.name}


def _affected(difference: Difference, affected: Affected) -> dict[str, Any]:
    return {
        "id": affected.who.reference,
        "name": affected.who.name,
        "weight": affected.weight.name.lower(),
        "effects": [_told(difference, told) for told in affected.effects],
    }


def _told(difference: Difference, told: Told) -> dict[str, Any]:
    return {
        "kind": told.effect.name.lower().replace("_", "-"),
        "sentence": difference.wording.effect(told),
        "weight": told.weight.name.lower(),
        "thing": _subject(told.thing) if told.thing else None,
        "old": list(told.old),
        "new": list(told.new),
    }
