"""Merges a role into another one: what named the one names the other, each once, and in no letter too many."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from rolebook.checks import CHECKS
from rolebook.diagnostic import Edit, Finding, Related
from rolebook.editing.names.change import Change, changed
from rolebook.editing.names.ending import Ending, ended
from rolebook.editing.names.living import living_references, whereabouts
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.plan import Files, Plan
from rolebook.editing.names.wanted import role_in_use, wanted
from rolebook.editing.repairs.verdict import FOLLOW_UP
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.kinds import PAGE
from rolebook.model.raci import Involvement, Role, Row
from rolebook.source import Span, Text, read

MEETINGS = frozenset(
    {
        "incompatible-in-one-role",
        "incompatible-deputy",
        "separate-activities-in-one-role",
        "incompatible-roles",
        "separate-activities-in-one-job",
    }
)
"""The checks by which two roles must not become one."""
ASKS_FOR = FOLLOW_UP | {"unconsolidated-improvement"}
"""The checks that may find more afterwards: whoever carries the one role now also has what the other had."""


def merge_role(directory: Path, today: date, old: str, into: str) -> Change:
    """Merge the role `old` into the role `into` in the handbook in `directory`.

    What jobs and training then lack is told, not written. CannotChange where the two must not meet, or the handbook
    would otherwise be harmed; NotAHandbook where there is none.
    """
    return changed(directory, today, partial(_planned, today, old, into), ASKS_FOR)


def _planned(today: date, old: str, into: str, handbook: Handbook, files: Files) -> Plan:
    role = handbook.roles[wanted(handbook, "role", old).reference]
    if role.merged_into and not role.active:
        role_in_use(handbook, old)
    successor = role_in_use(handbook, into)
    if role.id == successor.id:
        raise CannotChange(f"'{old}' cannot be merged into itself")
    _assert_may_meet(today, handbook, role, successor)
    merging = _Merging(handbook, role, successor, files)
    says = {"status": "merged", "merged_into": str(successor.id)}
    return ended(role, says, merging.ending(), successor=str(successor.id))


def _assert_may_meet(today: date, handbook: Handbook, role: Role, successor: Role) -> None:
    """CannotChange where a check finds that something meets which must not, once the one counts as the other."""
    nowhere = Span.of_file(role.span.path)
    merged = replace(role, status=Text("merged", nowhere), merged_into=Text(successor.id, nowhere))
    together = replace(handbook, roles=MappingProxyType({**handbook.roles, role.id: merged}))
    known = _meetings(today, handbook)
    found = [finding for finding in _meetings(today, together) if finding not in known]
    places: dict[Span, Related] = {}
    for finding in found:
        for place in (Related(finding.span, finding.message), *finding.related):
            if place.span != nowhere:
                places.setdefault(place.span, place)
    if places:
        raise CannotChange(f"'{role.id}' and '{successor.id}' must not become one role. If they did:", *places.values())


def _meetings(today: date, handbook: Handbook) -> list[Finding]:
    made = (check.run(handbook, today) for check in CHECKS if check.rule.name in MEETINGS)
    return [diagnostic.finding for found in made for diagnostic in found]


class _Merging:
    """What becomes of each reference to `role` once it is merged into `successor`."""

    def __init__(self, handbook: Handbook, role: Role, successor: Role, files: Files) -> None:
        self._handbook = handbook
        self._role = role
        self._successor = successor
        self._files = files
        self._instead: list[Edit] = []
        self._gone: set[Span] = set()

    def ending(self) -> Ending:
        left = living_references(self._handbook, self._role.id)
        by_letter = {role.span for row in self._rows() for _, role in row.assignments()}
        for row in self._rows():
            self._in_row(row)
        elsewhere: dict[str, list[Reference]] = {}
        for reference in left:
            if reference.text.span not in by_letter:
                elsewhere.setdefault(reference.text.span.path, []).append(reference)
        for path, references in elsewhere.items():
            self._in_file(path, references)
        return Ending(tuple(self._instead), frozenset(self._gone), frozenset(self._gone))

    def _rows(self) -> Iterator[Row]:
        for matrix in self._handbook.matrices.values():
            yield from matrix.rows

    def _in_row(self, row: Row) -> None:
        """Each letter names the successor once, and none that another letter makes redundant does."""
        own = self._letters(row, self._role)
        others = self._letters(row, self._successor)
        kept = _telling({*own, *others})
        for letter, texts in own.items():
            is_new = letter in kept and letter not in others
            if is_new:
                self._instead.append(Edit(texts[0].span, str(self._successor.id)))
            self._gone.update(text.span for text in texts[is_new:])
        for letter in (_telling(set(others)) - kept) if own else ():
            self._gone.update(text.span for text in others[letter])

    def _letters(self, row: Row, role: Role) -> dict[Involvement, list[Text]]:
        found: dict[Involvement, list[Text]] = {}
        for letter, text in row.assignments():
            if text == role.id:
                found.setdefault(letter, []).append(text)
        return found

    def _in_file(self, path: str, references: list[Reference]) -> None:
        """Each list names the successor once, pages as often as before; it does not deputise for itself."""
        if path.endswith(PAGE.ending):
            self._instead += [Edit(one.text.span, f"role:{self._successor.id}") for one in references]
            return
        root = read(path, self._files[path]).root
        assert root is not None
        done: set[Span] = set()
        for text in (reference.text for reference in references):
            where = whereabouts(root, text.span)
            written = text[: text.find(":") + 1] + self._successor.id
            is_own_deputy = path == path_of("role", self._successor.id) and where.keys[:1] == ("deputies",)
            if is_own_deputy or written in where.others or where.listed in done:
                self._gone.add(text.span)
            else:
                self._instead.append(Edit(text.span, written))
                done.add(where.listed)


def _telling(letters: set[Involvement]) -> set[Involvement]:
    """The letters that say something beside each other: who does it need not be asked, who is asked not be told."""
    does = letters & {Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE}
    return does or letters & {Involvement.CONSULTED} or letters
