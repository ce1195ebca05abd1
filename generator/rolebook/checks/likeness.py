"""Whether two texts say the same, whatever small words, plurals and slips of the pen they differ by."""

import string

LONG_WORD = 6
"""In words of so many letters, one that is wrong, missing or swapped is taken for a slip."""
_FILLERS = frozenset(
    {"a", "all", "an", "and", "any", "each", "every", "for", "in", "its", "of", "on", "our", "the", "their", "to"}
)
"""Words that make no other thing of what something is called."""
_HISSING = ("ches", "shes", "sses", "xes")
"""How a plural ends that took a vowel, too."""
_ASCII_MARKS = string.punctuation.encode()
_MARKS = str.maketrans("", "", string.punctuation + "’‘“”«»–—…")


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without marks."""
    return plain(text).split()


def plain(text: str) -> str:
    """A text in small letters, without marks, its words one space apart."""
    if text.isascii():  # most texts, and three times as fast
        words = text.lower().encode().translate(None, _ASCII_MARKS).decode().strip()
    else:
        words = text.casefold().translate(_MARKS).strip()
    return words if words.isprintable() and "  " not in words else " ".join(words.split())


def telling_words(name: str) -> list[str]:
    """The words that say what something is, in the order of letters: in the singular, and without those that fill."""
    words = [_singular(word) for word in plain_words(name.replace("-", " "))]
    return sorted([word for word in words if word not in _FILLERS] or words)


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(_HISSING) else word[:-1]


def say_the_same(words: list[str], others: list[str]) -> bool:
    """Whether two lists of words are the same but for a slip of the pen in long words."""
    return len(words) == len(others) and all(map(_is_same_word, words, others))


def _is_same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    if min(len(word), len(other)) < LONG_WORD or word[0] != other[0] or not (word + other).isalpha():
        return False
    from rapidfuzz.distance import OSA  # 10 ms that only few handbooks cost

    return OSA.distance(word, other, score_cutoff=1) <= 1
