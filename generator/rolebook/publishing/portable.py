"""The pages as files that MkDocs and its successors build without a plugin of ours."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rolebook import resources
from rolebook.pages.page import Chapter, Page
from rolebook.publishing.addresses import source_name
from rolebook.publishing.content import PERMANENT_LINK
from rolebook.publishing.edition import NO_FILES
from rolebook.publishing.engine import theme_values
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked
from rolebook.publishing.markdown import page_file
from rolebook.publishing.names import name_files
from rolebook.publishing.navigation import alone, entries
from rolebook.publishing.overrides import NO_OVERRIDES, Overrides
from rolebook.publishing.repository import Repository
from rolebook.publishing.search import SEPARATOR
from rolebook.publishing.settings import Settings
from rolebook.publishing.staging import MARKER, MARKER_TEXT, check
from rolebook.publishing.theme import FEATURES, LOGO, Dress, dress, palette, printable
from rolebook.publishing.yaml import document
from rolebook.rendering import IN_ENGLISH, Look

OVERRIDES = "overrides"


def portable_files(
    pages: Sequence[Page],
    chapters: Sequence[Chapter],
    settings: Settings,
    *,
    beside: Mapping[str, bytes] = NO_FILES,
    look: Look = IN_ENGLISH,
    own: Overrides = NO_OVERRIDES,
) -> dict[str, bytes]:
    """The files by their path: `docs/…` with those `beside` the pages, `mkdocs.yml`, and what we add to the theme.

    `look` is how the pages were printed, `own` are the handbook's own styles and parts of the theme.
    """
    dressed = dress(look, own, *_colours(settings))
    repository = Repository(settings.repo_url, settings.edit_uri)
    single = alone(chapters)
    files = {
        f"docs/{source_name(page.path)}": page_file(page, repository, alone=page.path in single, look=look).encode()
        for page in pages
    }
    made = dressed.made | name_files(pages, directory_urls=settings.directory_urls)
    files |= {f"docs/{name}": content.encode() for name, content in made.items()}
    files |= {f"docs/{name}": content for name, content in beside.items()}
    files["mkdocs.yml"] = document(_configuration(chapters, settings, look, dressed)).encode()
    theme = resources.theme()
    for path in sorted(path for path in theme.rglob("*") if path.is_file()):
        if (name := path.relative_to(theme).as_posix()) not in dressed.parts:
            files[f"{OVERRIDES}/{name}"] = path.read_bytes()
    return files | {f"{OVERRIDES}/{name}": content for name, content in own.theme.items()}


def write_files(files: Mapping[str, bytes], target: Path, handbook: Path) -> None:
    """Bring `target` up to date: write what changed, remove what is gone; SiteError when that cannot be done.

    A folder that is not empty must carry our marker; in it, what others made beside our own folders stays.
    """
    try:
        check(target, handbook)
        target.mkdir(parents=True, exist_ok=True)
        with locked(target):
            _write(target / MARKER, MARKER_TEXT)
            for name in sorted(files):
                _write(target / name, files[name])
            for folder in sorted({name.split("/")[0] for name in files if "/" in name}):
                _prune(target, folder, files)
    except OSError as error:
        raise SiteError(f"{error.filename or target}: {error.strerror or error}") from error


def _write(path: Path, content: bytes) -> None:
    if path.is_symlink():
        path.unlink()
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _prune(target: Path, top: str, wanted: Mapping[str, bytes]) -> None:
    for folder, _, names in os.walk(target / top, topdown=False):
        for name in names:
            path = Path(folder, name)
            if path.relative_to(target).as_posix() not in wanted:
                path.unlink()
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()


def _configuration(chapters: Sequence[Chapter], settings: Settings, look: Look, dressed: Dress) -> dict[str, Any]:
    texts = ("site_name", "site_description", "site_author", "copyright", "repo_name")
    values: dict[str, Any] = {name: str(printable(value)) for name in texts if (value := getattr(settings, name))}
    for name in ("site_url", "repo_url"):
        if value := getattr(settings, name):
            values[name] = str(value)
    return values | {
        "docs_dir": "docs",
        "use_directory_urls": settings.directory_urls,
        "theme": _theme(settings, look),
        "extra_css": list(dressed.styles),
        "extra_javascript": list(dressed.scripts),
        "extra": {"generator": False} | ({"words": dressed.words} if dressed.words else {}),
        "plugins": [{"search": {"separator": SEPARATOR}}] if settings.search else [],
        "markdown_extensions": ["attr_list", {"toc": {"permalink": True} | _permanent(look)}],
        "validation": {"nav": {"omitted_files": "ignore"}},
        "nav": entries(chapters),
    }


def _permanent(look: Look) -> dict[str, str]:
    """What the sign beside a heading is for, where that is not what everybody else says, too."""
    said = look.say(PERMANENT_LINK)
    return {} if said == PERMANENT_LINK else {"permalink_title": said}


def _theme(settings: Settings, look: Look) -> dict[str, Any]:
    chosen = theme_values(settings)
    ours = {
        "custom_dir": OVERRIDES,
        "variant": "classic",
        "font": False,
        "icon": {"logo": LOGO},
        "features": list(FEATURES),
    }
    return ours | chosen | {"palette": palette(look, *_colours(settings))}


def _colours(settings: Settings) -> tuple[str | None, str | None]:
    chosen = settings.theme.palette if settings.theme else None
    return (chosen.primary, chosen.accent) if chosen else (None, None)
