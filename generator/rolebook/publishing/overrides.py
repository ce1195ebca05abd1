"""A handbook's own templates, styles and words: the files of its folder that take the place of ours.

They are used for somebody who trusts the handbook and says so, since templates run while a site is built, and scripts
where it is read. The files are read as all files of a handbook are: ordinary ones, none through a link.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from rolebook import resources
from rolebook.loading.files import File, data
from rolebook.loading.near import nearest
from rolebook.model.kinds import Kind
from rolebook.publishing.error import SiteError
from rolebook.rendering import Look, TemplateFault, check
from rolebook.source.decode import MAX_BYTES

FOLDER = "site_templates"
"""Where a handbook's own templates lie."""

MAX_FILES = 500
_THEME = "theme/"
_MACROS = re.compile(r"macros/[a-z][a-z0-9_]*\.html\.jinja", re.ASCII)
_STYLE = re.compile(r"packs/[a-z][a-z0-9_-]*\.css", re.ASCII)
_LANGUAGE = re.compile(r"languages/[a-z]{2,3}(?:-[A-Z][A-Za-z]{1,3})?\.yaml", re.ASCII)
_KIND = Kind("template", "template", FOLDER, object)
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a handbook has in place of ours: `pages` with their macros and words, and files of the `theme`.

    Both are named as in our folder of templates; the names of the theme's begin below `theme/`.
    """

    pages: tuple[tuple[str, str], ...] = ()
    theme: Mapping[str, bytes] = field(default_factory=lambda: _NOTHING)
    folder: Path | None = None
    """The folder of the files of the theme, where there are any."""

    def look(self, language: str | None) -> Look:
        """How pages are printed with these; SiteError where a file of them cannot be used."""
        look = Look(str(language or "en"), self.pages)
        try:
            check(look)
        except TemplateFault as fault:
            raise SiteError(str(fault)) from fault
        return look

    def added(self, folder: str, ending: str) -> list[str]:
        """The files of the theme in `folder` that take no file's place, and so are to be linked by each page."""
        ours = resources.theme()
        own = (name for name in self.theme if name.startswith(f"{folder}/") and name.endswith(ending))
        return sorted(name for name in own if not ours.joinpath(name).is_file())


NO_OVERRIDES = Overrides()


def has_overrides(handbook: Path) -> bool:
    """Whether a handbook has a folder of templates that is not the package's own."""
    folder = handbook / FOLDER
    return folder.is_dir() and not folder.samefile(resources.templates())


def read_overrides(handbook: Path) -> Overrides:
    """The own files of `handbook`; SiteError for one that cannot be read, or that takes no place."""
    if not has_overrides(handbook):
        return NO_OVERRIDES
    pages: list[tuple[str, str]] = []
    theme: dict[str, bytes] = {}
    for name in _names(handbook):
        content = _content(handbook, name)
        ours = resources.templates() / name
        if ours.is_file() and ours.read_bytes() == content:  # a copy, as in a checkout of Rolebook
            continue
        if name.startswith(_THEME):
            theme[name.removeprefix(_THEME)] = content
        else:
            _expect_a_place(name)
            pages.append((name, _text(name, content)))
    return Overrides(tuple(pages), theme, (handbook / FOLDER / "theme").resolve() if theme else None)


def _names(handbook: Path) -> Iterator[str]:
    """The files in the folder by their names there, those of the system left out."""
    top = handbook / FOLDER
    if top.is_symlink():
        raise SiteError(f"{FOLDER}: is a link, and links are not followed")
    count = 0
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for name in (name for name in folders if Path(folder, name).is_symlink()):
            raise SiteError(
                f"{Path(folder, name).relative_to(handbook).as_posix()}: is a link, and links are not followed"
            )
        for name in sorted(name for name in files if name[0] != "." and name[-1] != "~"):
            count += 1
            if count > MAX_FILES:
                raise SiteError(f"{FOLDER}: has more than {MAX_FILES} files")
            yield Path(folder, name).relative_to(top).as_posix()


def _content(handbook: Path, name: str) -> bytes:
    path = f"{FOLDER}/{name}"
    try:
        content = data(handbook, File(path, _KIND, ""))
    except OSError as error:
        raise SiteError(f"{path}: cannot be opened: {error.strerror or error}") from error
    if len(content) > MAX_BYTES:
        raise SiteError(f"{path}: is larger than {MAX_BYTES // 1000} kB")
    return content


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SiteError(f"{FOLDER}/{name}:{line}: is not written in UTF-8; save it as UTF-8") from error


def _expect_a_place(name: str) -> None:
    """Refuse a file of which nothing would ever be seen."""
    ours = resources.templates()
    templates = [path.relative_to(ours).as_posix() for path in sorted(ours.glob("*/*.html.jinja"))]
    if name in templates or any(pattern.fullmatch(name) for pattern in (_MACROS, _LANGUAGE, _STYLE)):
        return
    meant = nearest(name, templates)
    help = f"did you mean '{meant}'?" if meant else "there are pages/, macros/, packs/, languages/ and theme/"
    raise SiteError(f"{FOLDER}/{name}: takes the place of no template; {help}")
