"""How the pages of a handbook are printed: in which language, and with which templates of its own."""

from dataclasses import dataclass
from functools import lru_cache

from rolebook import resources
from rolebook.rendering.fault import TemplateFault
from rolebook.rendering.language import ENGLISH, Language, read_language
from rolebook.source import Text

_FOLDER, _ENDING = "languages", ".yaml"


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are printed; a value, so that whatever is made for it can be kept.

    `language` is the code that the handbook names. `own` are the files by which it overrides ours: their names
    in the folder of templates, such as `pages/role.html.jinja`, and their text.
    """

    language: str = "en"
    own: tuple[tuple[str, str], ...] = ()

    @property
    def speech(self) -> Language:
        """The words and forms of the language; those of English where there are no others."""
        return _speech(self)

    def say(self, text: str) -> str:
        """Words of ours in the language of the handbook; what an author wrote stays as it is."""
        return text if isinstance(text, Text) else self.speech.say(text)


IN_ENGLISH = Look()
"""The look of a handbook that names no language and overrides nothing."""


def languages(look: Look) -> tuple[str, ...]:
    """The codes of the languages that pages can be printed in."""
    return tuple(sorted({"en", *_ours(), *(code for name, _ in look.own if (code := _code(name)))}))


def spoken(look: Look) -> str | None:
    """The code of the language that pages are printed in for `look`; None where it is English for want of another."""
    known = languages(look)
    return next((code for code in (look.language, look.language.partition("-")[0]) if code in known), None)


@lru_cache(maxsize=8)
def _speech(look: Look) -> Language:
    code, found = spoken(look), ENGLISH
    if code in _ours():
        path = resources.templates() / _FOLDER / f"{code}{_ENDING}"
        found = read_language(f"site_templates/{_FOLDER}/{path.name}", path.read_bytes(), found)
    for name, text in look.own:
        if _code(name) == code:
            found = read_language(f"site_templates/{name}", text.encode(), found)
    return found


def _ours() -> frozenset[str]:
    folder = resources.templates() / _FOLDER
    return frozenset(path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))


def _code(name: str) -> str:
    """The language that an own file is for; "" for a file of another kind."""
    folder, _, file = name.partition("/")
    return file.removesuffix(_ENDING) if folder == _FOLDER else ""


__all__ = ["IN_ENGLISH", "Look", "TemplateFault", "languages", "spoken"]
