"""Family 1, names of roles: no two roles are called the same, and old names have left the prose."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from rolebook.checks.check import check
from rolebook.checks.slips import UNFINISHED
from rolebook.checks.wording import quoted
from rolebook.diagnostic import Edit, Finding, Fix, Related, Severity
from rolebook.model.catalogue import FILES, path_of
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Role
from rolebook.source import Text

_SMALL_WORDS = frozenset({"a", "an", "and", "for", "of", "the"})
_LONG_WORD = 6
"""In a word of so many letters, a letter left out is taken for a slip."""

MOST_WORDS = 8
LONGEST_NAME = 80
"""What is longer is no name of a role, and is not compared."""

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[^\w.,;:!?]{1,3}")
"""What may stand between two words of a name."""
_IMPROVEMENTS = f"{FILES['improvement'].folder}/"

Named = tuple[Role, Text]


@check("RB103", "similar-role-names", Severity.WARNING)
def similar_role_names(handbook: Handbook) -> Iterator[Finding]:
    """Two roles have nearly the same name, or one nearly the id of the other."""
    as_read: dict[tuple[str, ...], Named] = {}
    with_a_slip: dict[tuple[str, ...], Named] = {}
    told: set[tuple[str, str]] = set()
    for role in handbook.roles.values():
        for name in (role.name, *role.aliases, role.id) if role.active else ():
            if not name or len(name) > LONGEST_NAME:
                continue
            words = _words(name)
            slips = tuple(_slips(words))
            alike = [as_read.get(words), with_a_slip.get(words), *map(as_read.get, slips)]
            other, other_name = next((found for found in alike if found), (role, name))
            if other.id != role.id and (other.id, role.id) not in told:
                told.add((other.id, role.id))
                message = f"{quoted(name)} is nearly the name of the role '{other.id}'"
                related = Related(other_name.span, f"'{other.id}' is called {quoted(other_name)}")
                help = "Merge the two roles, or give one of them a name that nobody mistakes for the other."
                yield Finding(name.span, message, help, (related,))
            if words:
                as_read.setdefault(words, (role, name))
            for slip in slips:
                with_a_slip.setdefault(slip, (role, name))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in a fixed order, without small words, capitals, marks and the s of a plural."""
    words = [word for word in re.findall(r"\w+", name.casefold().replace("'s", "")) if word not in _SMALL_WORDS]
    return tuple(sorted(_singular(word) for word in words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _slips(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words as they are with a letter left out within one of the long ones."""
    for position, word in enumerate(words):
        if len(word) < _LONG_WORD or not word.isalpha():
            continue
        for letter in range(1, len(word) - 1):
            slip = word[:letter] + word[letter + 1 :]
            yield tuple(sorted((*words[:position], slip, *words[position + 1 :])))


@check("RB104", "leftover-mention", Severity.WARNING)
def leftover_mention(handbook: Handbook) -> Iterator[Finding]:
    """A text still speaks of a role by a name that is out of use: it is retired, was merged or was renamed."""
    former = {**_former_names(handbook), **_names(role for role in handbook.roles.values() if not role.active)}
    if not former:
        return
    in_use = _names(role for role in handbook.roles.values() if role.active)
    names = {**former, **in_use}
    beginnings = {" ".join(name.split()[:count]) for name in names for count in range(1, MOST_WORDS)}
    own = {path_of("role", role.id) for role in handbook.roles.values() if not role.active}
    history = {event.event.span for role in handbook.roles.values() for event in role.history}
    for text in _with_one_of({max(name.split(), key=len) for name in former}, handbook.texts):
        if text.span.path in own or text.span in history:
            continue
        for mention in _mentions(text, names, beginnings):
            role, name = names[mention.name]
            is_title = mention.written == text
            if mention.name in in_use or is_title or not mention.means(name):
                continue
            if not _tells_of_before(handbook, text, role):
                yield _leftover(handbook, text, mention, role)


def _with_one_of(words: Collection[str], texts: Sequence[Text]) -> list[Text]:
    """The texts that hold one of these words in small letters: few of all that a handbook says."""
    folded = [text.casefold() for text in texts]
    found = {at for word in words for at, said in enumerate(folded) if word in said}
    return [texts[at] for at in sorted(found)]


def _tells_of_before(handbook: Handbook, text: Text, role: Role) -> bool:
    """Whether a text stands where the old name of a role belongs.

    In its own file, in an improvement that has ended, or in one that is itself about the role.
    """
    path = text.span.path
    if not path.startswith(_IMPROVEMENTS):
        return path == path_of("role", role.id)
    improvement = handbook.improvements.get(path.removeprefix(_IMPROVEMENTS).removesuffix(".yaml"))
    if improvement is None or improvement.status not in UNFINISHED:
        return True
    elements = (*improvement.adds, *improvement.changes, *improvement.removes)
    return not {f"role:{role.id}", f"role:{handbook.current(role.id)}"}.isdisjoint(elements)


def _names(roles: Iterable[Role]) -> dict[str, Named]:
    """What roles are called, by the words in small letters, with the role and the name as written."""
    return _by_words((role, name) for role in roles for name in (role.name, *role.aliases))


def _former_names(handbook: Handbook) -> dict[str, Named]:
    """What roles in use were called by ids that they had before; a single word may be an ordinary one."""
    roles = (role for role in handbook.roles.values() if role.active)
    return _by_words((role, former) for role in roles for former in role.formerly if "-" in former)


def _by_words(named: Iterable[Named]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for role, name in named:
        words = " ".join(_WORD.findall(name.casefold()))
        if words and words.count(" ") < MOST_WORDS:
            found.setdefault(words, (role, name))
    return found


class Mention(NamedTuple):
    """A place in a text that has the words of a name; `plural` is an s behind it."""

    name: str
    start: int
    end: int
    written: str
    plural: str

    def means(self, name: str) -> bool:
        """Whether the role is meant: an abbreviation such as IT only where it stands in capitals."""
        return not name.isupper() or self.written.removesuffix(self.plural).isupper()


def _mentions(text: Text, names: Container[str], beginnings: Container[str]) -> Iterator[Mention]:
    """Where a text has the words of a name, the longest name that fits, whatever its capitals and hyphens."""
    words = list(_WORD.finditer(text))
    position = 0
    while position < len(words):
        found, count = _longest(text, words[position : position + MOST_WORDS], names, beginnings)
        if found:
            yield found
        position += count


def _longest(
    text: Text, words: list[re.Match[str]], names: Container[str], beginnings: Container[str]
) -> tuple[Mention | None, int]:
    """The longest name that begins with the first of these words, and how many words to go on by."""
    found: tuple[Mention | None, int] = (None, 1)
    start, so_far = words[0].start(), ""
    for count, word in enumerate(words, 1):
        if count > 1 and not _GAP.fullmatch(text, words[count - 2].end(), word.start()):
            break
        so_far = f"{so_far} {word[0].casefold()}".strip()
        for name, plural in ((so_far, ""), (so_far[:-1], so_far[-1])):
            stands_alone = "-" not in (text[start - 1 : start], text[word.end() : word.end() + 1])
            if name in names and plural in ("", "s") and stands_alone:
                found = (Mention(name, start, word.end(), text[start : word.end()], plural), count)
                break
        if so_far not in beginnings:
            break
    return found


def _leftover(handbook: Handbook, text: Text, mention: Mention, role: Role) -> Finding:
    span = text.part(mention.start, mention.end)
    related = (Related(role.status.span, f"'{role.id}' is no longer in use"),) if role.status else ()
    successor = handbook.roles.get(handbook.current(role.id))
    if role.active:
        related = (Related(role.name.span, f"'{role.id}' is called so now"),)
    if successor is None or not successor.active:
        message = f"{quoted(mention.written)} is a role that is retired"
        return Finding(span, message, "Name the role that does this now, or take the sentence out.", related)
    what = f"was renamed to '{role.id}'" if role.active else f"was merged into '{successor.id}'"
    message = f"{quoted(mention.written)} is a role that {what}"
    written = successor.name + mention.plural
    fix = Fix(f"Write '{written}'", safe=False, edits=(Edit(span, written),)) if text.inset is not None else None
    return Finding(span, message, f"Write '{written}'.", related, fix)
