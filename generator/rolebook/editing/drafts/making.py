"""Makes new things in a handbook: tried in a copy, and handed back to be written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic
from rolebook.editing.drafts.content import Draft, Drafting
from rolebook.editing.drafts.naming import CannotMake, alike, assert_free, assert_line
from rolebook.editing.files.difference import patch
from rolebook.editing.files.trial import trial
from rolebook.loading import load
from rolebook.model.catalogue import FILES, Thing, path_of
from rolebook.model.handbook import Handbook
from rolebook.reporting.words import counted
from rolebook.value import value

TO_FILL_IN = frozenset({"missing-key", "malformed-page"})
"""The names of the findings that point at an empty place."""
TO_FOLLOW = TO_FILL_IN | {"role-without-job", "untrained-role"}
"""What is found in something new because it has only been begun."""

TELL_NOTHING = tuple(f"{FILES[kind].folder}/" for kind in ("programme-plan", "measurements"))
"""The folders in which nothing stands that something new takes into account."""


@value()
class Made:
    """New files that are not written yet: their bytes by path.

    `places` is the number of empty places in them, `notes` tell what to beware of, and `then` what else is to be done.
    """

    after: Mapping[str, bytes]
    places: int
    notes: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def before(self) -> Mapping[str, None]:
        """None of the files is there yet."""
        return dict.fromkeys(self.after)

    @property
    def patch(self) -> str:
        """The new files as a unified diff, with paths relative to the handbook."""
        return patch(self.before, self.after)


def make(directory: Path, today: date, kind: str, id: str, name: str, draft: Drafting) -> Made:
    """Something new of a kind, with this id and name ("" where it has none yet), in the handbook in `directory`.

    CannotMake where the id is not free, or where the new files would contradict the others as of `today`.
    NotAHandbook where there is none.
    """
    with trial(directory) as (copy, _):
        handbook = load(copy.folder).handbook
        assert_free(handbook, kind, id)
        assert_line(name)
        return _tried(copy.folder, today, draft(handbook, id, name), handbook, [*alike(handbook, kind, (id, name))])


def make_single(directory: Path, today: date, draft: Callable[[Handbook], Draft]) -> Made:
    """The same for a file that a handbook, or a process of it, has one of; CannotMake where it is there already."""
    with trial(directory) as (copy, _):
        handbook = load(copy.folder).handbook
        return _tried(copy.folder, today, draft(handbook), handbook, [])


def _tried(folder: Path, today: date, drafted: Draft, handbook: Handbook, nearly: Sequence[Thing]) -> Made:
    """What was drafted, looked at in a copy of the handbook; `nearly` are things that are called nearly so."""
    for path, text in drafted.files.items():
        _add(folder, path, text)
    found = [d for d in all_findings(load(folder), today) if d.span.path in drafted.files]
    _assert_sound(found)
    places = sum(diagnostic.rule.name in TO_FILL_IN for diagnostic in found)
    content = {path: text.encode() for path, text in drafted.files.items()}
    return Made(content, places, tuple(_notes(handbook, nearly, found)), drafted.then)


def _add(folder: Path, path: str, text: str) -> None:
    file = folder / path
    if file.exists() or file.is_symlink():
        raise CannotMake(f"there is a file {path} already")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def _assert_sound(found: Iterable[Diagnostic]) -> None:
    for diagnostic in found:
        if diagnostic.is_error and diagnostic.rule.name not in TO_FOLLOW:
            raise CannotMake(f"{diagnostic.finding.message} ({diagnostic.rule.code}). {diagnostic.finding.help}")


def _notes(handbook: Handbook, nearly: Sequence[Thing], found: Iterable[Diagnostic]) -> Iterator[str]:
    """What is called nearly so, or else what else there is to beware of; and what could not be taken into account."""
    for thing in nearly:
        yield f"{thing.name or thing.reference} is called nearly so: {path_of(thing.kind, thing.reference)}"
    for diagnostic in found:
        if not diagnostic.is_error and not nearly:
            yield f"{diagnostic.finding.message} ({diagnostic.rule.code}). {diagnostic.finding.help}"
    if lost := sorted({span.path for span in handbook.lost if not span.path.startswith(TELL_NOTHING)}):
        others = f" and {counted(len(lost) - 1, 'other file')}" if len(lost) > 1 else ""
        yield f"what could not be read of {lost[0]}{others} was not taken into account"
