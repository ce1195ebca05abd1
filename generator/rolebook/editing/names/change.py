"""Changes a whole name in a copy of a handbook, and sees that it means what it meant; nothing is written."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic, Related
from rolebook.editing.files.difference import patch
from rolebook.editing.files.trial import trial
from rolebook.editing.names.mentions import Mention, mentions
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.plan import Files, Plan, Target
from rolebook.loading import Loaded, load
from rolebook.model.catalogue import resolved
from rolebook.model.handbook import Handbook
from rolebook.value import value

HIDES_NOTHING = frozenset({"missing-key", "unknown-choice"})
"""Errors of reading behind which no reference can stand."""
TOLD_AS_MENTION = "leftover-mention"

Decide = Callable[[Handbook, Files], Plan]
"""From a handbook and the bytes of its files to what shall be different."""


@value()
class Change:
    """What changing a name comes to; nothing of it is written yet.

    `before` and `after` are the bytes of the files that differ, by path, None where there is no such file.
    `references` is the number of references that change, `moves` the new paths of files by their old ones, `mentions`
    where texts still say the old name, and `then` what is found afterwards that was not found before.
    """

    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    references: int
    moves: Mapping[str, str]
    mentions: tuple[Mention, ...]
    then: tuple[Diagnostic, ...]

    @property
    def patch(self) -> str:
        """The changes as a unified diff, with paths relative to the handbook."""
        return patch(self.before, self.after)


def changed(directory: Path, today: date, decide: Decide, follow_up: Collection[str] = ()) -> Change:
    """Change the handbook in `directory` as decided, in a copy; `follow_up` are the checks that may then find more.

    CannotChange where the handbook cannot be read, or would get another meaning or a new error. NotAHandbook where
    there is none.
    """
    with trial(directory) as (copy, files):
        old = load(copy.folder)
        _assert_read(old)
        plan = decide(old.handbook, files)
        after = plan.made(files)
        copy.show(after)
        new = load(copy.folder)
        _assert_meaning(old.handbook, new.handbook, plan)
        found = _new(plan, all_findings(old, today), all_findings(new, today))
        _assert_sound(found, follow_up)
        all_files = {path: data for path, data in {**files, **after}.items() if data is not None}
        said = mentions(new.handbook, all_files, plan.former)
    before = {path: files.get(path) for path in after}
    then = tuple(diagnostic for diagnostic in found if diagnostic.rule.name != TOLD_AS_MENTION)
    return Change(before, after, len(plan.touched), plan.moves, said, then)


def _assert_read(loaded: Loaded) -> None:
    wrong = [d for d in loaded.diagnostics if d.is_error and d.rule.name not in HIDES_NOTHING]
    if wrong:
        places = (Related(diagnostic.span, diagnostic.finding.message) for diagnostic in wrong)
        raise CannotChange("a reference may stand where the handbook cannot be read: mend that first", *places)


def _assert_meaning(old: Handbook, new: Handbook, plan: Plan) -> None:
    """CannotChange where a reference would lead elsewhere than it must."""
    wanted: Counter[tuple[str, Target]] = Counter()
    for one, thing in resolved(old):
        if thing and (target := plan.leads(one, thing)):
            wanted[plan.place(one.text.span.path), target] += 1
    found = Counter((one.text.span.path, (thing.kind, thing.reference)) for one, thing in resolved(new) if thing)
    if astray := wanted - found:
        path, (_, reference) = min(astray)
        raise CannotChange(f"in {path}, what leads to '{reference}' would lead elsewhere")


def _new(plan: Plan, before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is found that was not: errors where their number in a file has grown, warnings also by their words."""
    errors = Counter((d.rule.code, plan.place(d.span.path)) for d in before if d.is_error)
    known = Counter((d.rule.code, plan.place(d.span.path), plan.message(d.finding.message)) for d in before)
    found: list[Diagnostic] = []
    grown = Counter((d.rule.code, d.span.path) for d in after if d.is_error) - errors
    for diagnostic in after:
        key = (diagnostic.rule.code, diagnostic.span.path, plan.message(diagnostic.finding.message))
        known[key] -= 1
        if known[key] < 0 and (not diagnostic.is_error or grown[key[:2]] > 0):
            grown[key[:2]] -= diagnostic.is_error
            found.append(diagnostic)
    return found


def _assert_sound(found: Iterable[Diagnostic], follow_up: Collection[str]) -> None:
    errors = [d for d in found if d.is_error and d.rule.name not in follow_up]
    if errors:
        places = (Related(d.span, f"{d.finding.message} ({d.rule.code})") for d in errors)
        raise CannotChange("the handbook would get new errors", *places)
