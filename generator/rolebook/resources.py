"""Where the data that comes with the package lies: in `_data` of a wheel, or at the top of a checkout."""

from pathlib import Path


class DamagedInstallation(Exception):
    """A file or folder that comes with the package is not there; only installing again helps."""


def templates() -> Path:
    """The folder of the templates of pages, and of the macros that they share."""
    return _folder("site_templates")


def theme() -> Path:
    """The folder of what we add to the theme: styles, scripts and overridden partials."""
    return _folder("site_templates/theme")


def check_pages() -> Path:
    """The folder of the pages that document the checks, one a code."""
    return _folder("docs/checks")


def starter() -> Path:
    """The folder of the reference handbook: `process_defs`, `raci` and `mkdocs.yml` lie in it."""
    _folder("process_defs")
    return _folder("raci").parent


def _folder(path: str) -> Path:
    folder = _root() / path
    if not folder.is_dir():
        raise DamagedInstallation(f"the installation of rolebook is damaged: {folder} is missing")
    return folder


def _root() -> Path:
    package = Path(__file__).resolve().parent
    data = package / "_data"
    return data if data.is_dir() else package.parent.parent
