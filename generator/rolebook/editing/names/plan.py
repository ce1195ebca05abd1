"""What a change of a whole name comes to in all files of a handbook, before it is tried."""

import re
from collections.abc import Callable, Iterator, Mapping

from rolebook.diagnostic import Edit, Related
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.text.amendment import Amendments
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.rewriting import rewritten
from rolebook.model.catalogue import Thing
from rolebook.model.handbook import Reference
from rolebook.source import Span
from rolebook.value import value

Target = tuple[str, str]
"""The kind of a thing, and the reference to it."""
Files = Mapping[str, bytes]


@value()
class Former:
    """What something is no longer called: by its id, as references write it, and by its names.

    In the file at `own` it may go on being called so.
    """

    references: tuple[str, ...]
    names: tuple[str, ...] = ()
    own: str = ""

    def as_said(self) -> Iterator[str]:
        """How texts say its id: a single word only in quotes, since others mean what the word means."""
        for reference in self.references:
            is_a_word = reference.isalpha()
            yield from (f"'{reference}'", f'"{reference}"', f"`{reference}`") if is_a_word else (reference,)


@value()
class Plan:
    """What shall be different: words in files, what goes and comes in each, and which files get another path.

    `leads` says where a reference must lead afterwards that leads to some thing now: None where it is taken out.
    `touched` are the references that change.
    """

    edits: tuple[Edit, ...]
    amendments: Mapping[str, Amendments]
    leads: Callable[[Reference, Thing], Target | None]
    touched: tuple[Span, ...]
    former: Former
    moves: Mapping[str, str]
    now: Mapping[str, str]
    """What messages say afterwards for the ids that they said before."""

    def place(self, path: str) -> str:
        """The path that a file has afterwards."""
        return self.moves.get(path, path)

    def message(self, words: str) -> str:
        """A message as it reads afterwards."""
        if not self.now:
            return words
        ids = "|".join(map(re.escape, self.now))
        return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: self.now[found[0]], words)

    def made(self, files: Files) -> dict[str, bytes | None]:
        """The files that are different afterwards, None for those that are gone; CannotChange where one cannot be."""
        edits: dict[str, list[Edit]] = {}
        for edit in self.edits:
            edits.setdefault(edit.span.path, []).append(edit)
        after: dict[str, bytes | None] = {}
        for path in sorted({*edits, *self.amendments, *self.moves}):
            changed = _rewritten(path, files[path], edits.get(path, []), self.amendments.get(path, Amendments()))
            if path in self.moves:
                after[path] = None
            if changed != files[path] or path in self.moves:
                after[self.place(path)] = changed
        return after


def _rewritten(path: str, data: bytes, edits: list[Edit], amendments: Amendments) -> bytes:
    try:
        return rewritten(path, data, edits, amendments)
    except CannotEdit as error:
        spans = sorted([*(edit.span for edit in edits), *amendments.removals])
        where = next((span for span in spans if not _can(path, data, edits, amendments, span)), Span.of_file(path))
        message = f"{error}: change this by hand first"
        raise CannotChange(f"the file {path} cannot be changed without harm", Related(where, message)) from None


def _can(path: str, data: bytes, edits: list[Edit], amendments: Amendments, span: Span) -> bool:
    """Whether what changes at a span goes by itself."""
    try:
        alone = Amendments(amendments.removals & {span})
        rewritten(path, data, [edit for edit in edits if edit.span == span], alone)
    except CannotEdit:
        return False
    return True
