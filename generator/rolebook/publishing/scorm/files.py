"""The files of a course: a page for each module, what all pages share, and the list of them."""

from collections.abc import Mapping

from rolebook import resources
from rolebook.pages.scorm import Course
from rolebook.publishing.words import script_for
from rolebook.rendering import Blocks, Look

CONTENTS = "index.html"
"""What whoever opens the folder itself begins with."""
SHARED = "shared/"
"""Where the files lie that all pages need."""

_SCRIPTS = ("lms.js", "answers.js", "module.js")
_STYLE = "module.css"
_SAY, _WORDS = "say.js", "words.js"
_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may do: run our scripts, also from a folder, and ask nobody for anything."""


def files(course: Course, look: Look) -> Mapping[str, bytes]:
    """The files of a course but for its manifest, by their path in the package."""
    shared = _shared(look)
    scripts = [name for name in (_SAY, _WORDS, *_SCRIPTS) if name in shared]
    frame = Blocks("scorm/frame", look, course=course, policy=_POLICY, style=SHARED + _STYLE)
    found: dict[str, str] = {CONTENTS: frame.render("contents")}
    for page in course.pages:
        found[page.names.file] = frame.render("module", page=page, scripts=[SHARED + name for name in scripts])
    found.update({SHARED + name: text for name, text in shared.items()})
    return {path: f"{text.strip()}\n".encode() for path, text in found.items()}


def _shared(look: Look) -> dict[str, str]:
    folder = resources.templates() / "scorm" / "shared"
    found = {name: (folder / name).read_text(encoding="utf-8") for name in (*_SCRIPTS, _STYLE)}
    found[_SAY] = (resources.theme() / "assets/javascripts/rolebook/say.js").read_text(encoding="utf-8")
    if words := script_for(look, found.values()):
        found[_WORDS] = words
    return found
