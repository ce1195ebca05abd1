"""The terms of the glossary that a text uses."""

import re
from collections.abc import Iterable

from rolebook.model.organisation import Term


def used(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """Those that occur in `text` by their name or another word for it, also with an s behind it, in order of name."""
    said = text.casefold()
    every = {name.casefold(): term for term in terms for name in (term.name, *term.also)}
    names = {name: term for name, term in every.items() if name in said}  # looking for few is quicker than for all
    if not names:
        return ()
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)")
    found = {names[match[1]].id: names[match[1]] for match in pattern.finditer(said)}
    return tuple(sorted(found.values(), key=lambda term: (term.name.casefold(), term.id)))
