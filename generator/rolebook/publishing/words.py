"""Words of ours that are said outside of our pages' templates: by scripts in the browser, and by parts of the theme.

Both find them by their English, and say that where there are no others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from rolebook import resources
from rolebook.rendering import Look

_BY_SCRIPTS = re.compile(r"""\bsay\(\s*\[?\s*("(?:[^"\\\n]|\\.)*")""")
_BY_THEME = re.compile(r"""\bwords\[("[^"\n]*")\]""")


def of_scripts(look: Look, own: Mapping[str, bytes]) -> str:
    """The script that gives the others their words; "" in English. `own` are a handbook's scripts."""
    return script_for(look, _texts(".js", own))


def script_for(look: Look, scripts: Iterable[str]) -> str:
    """The script that gives these scripts the words that they say; "" in English."""
    words = look.speech.words
    if not words:
        return ""
    said = {word: words[word] for word in _found(_BY_SCRIPTS, scripts) if word in words}
    written = json.dumps(said, ensure_ascii=False, indent=0)
    return f"(window.rolebook ??= {{}}).words = {written};\n"


def of_theme(look: Look, own: Mapping[str, bytes]) -> dict[str, str]:
    """The words in parts of the theme, by their English; `own` are a handbook's parts."""
    words = look.speech.words
    if not words:
        return {}
    return {word: words[word][0] for word in _found(_BY_THEME, _texts(".html", own)) if word in words}


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    return sorted({str(json.loads(match)) for text in texts for match in pattern.findall(text)})


def _texts(ending: str, own: Mapping[str, bytes]) -> Iterator[str]:
    ours = (path.read_text(encoding="utf-8") for path in sorted(resources.theme().rglob(f"*{ending}")))
    yield from ours
    yield from (content.decode("utf-8", "replace") for name, content in own.items() if name.endswith(ending))
