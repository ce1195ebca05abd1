"""MkDocs run in this process: with settings that were checked, without a word unless something is wrong."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from rolebook.publishing.error import SiteError
from rolebook.publishing.overrides import FOLDER as OVERRIDES
from rolebook.publishing.plugin import RolebookPlugin
from rolebook.publishing.settings import FILE, LANGUAGES, Settings
from rolebook.rendering import TemplateFault, fault

MAX_IMAGE = 2**20


def configuration(settings: Settings, handbook: Path, docs: Path, site: Path, plugin: RolebookPlugin) -> MkDocsConfig:
    """MkDocs' configuration for `settings`; the author's own `mkdocs.yml` is never given to MkDocs' loader.

    `docs` is an empty folder that stands for `docs_dir`: of the author's files only the theme's images come into it.
    """
    theme = settings.theme
    for name in filter(None, (theme.logo, theme.favicon) if theme else ()):
        _copy_image(handbook, settings.docs_dir or "docs", name, docs)
    config = MkDocsConfig(config_file_path=str(handbook / FILE))
    config.load_dict(_values(settings) | {"docs_dir": str(docs), "site_dir": str(site)})
    errors, warnings = config.validate()
    for key, wrong in (*errors, *warnings):
        raise SiteError(f"{FILE}: {key}: {wrong}")
    plugin.load_config({})
    config.plugins["rolebook"] = plugin
    return config


def run(config: MkDocsConfig) -> list[str]:
    """Build the site that `config` describes; the warnings that there were. SiteError when it cannot be built."""
    with _quiet() as messages:
        try:
            build(config)
        except (MkDocsException, OSError) as error:
            raise failure(messages[0] if messages else str(error) or type(error).__name__) from error
        except Exception as error:
            if told := _own_fault(config, error):
                raise SiteError(str(told)) from error
            raise
    return messages


def _own_fault(config: MkDocsConfig, error: Exception) -> TemplateFault | None:
    """The mistake in a handbook's own part of the theme that `error` is; None where it has none, or no part in it."""
    own = Path(config.config_file_path).parent / OVERRIDES / "theme"
    if str(own) not in config.theme.dirs:
        return None

    def place(file: str) -> str | None:
        path = Path(file)
        if path.is_relative_to(own):
            return f"{OVERRIDES}/theme/{path.relative_to(own).as_posix()}"
        theme = (folder for folder in config.theme.dirs if path.is_relative_to(folder))
        return next((f"the theme's {path.relative_to(folder).as_posix()}" for folder in theme), None)

    return fault(error, place)


def failure(reason: str) -> SiteError:
    """The exception for a site that cannot be built."""
    return SiteError(f"the site cannot be built: {' '.join(reason.split())}")


def _values(settings: Settings) -> dict[str, Any]:
    plugins = {"search": settings.search, "offline": settings.offline}
    values: dict[str, Any] = {
        "site_name": settings.site_name,
        "site_url": settings.site_url,
        "site_description": settings.site_description,
        "site_author": settings.site_author,
        "copyright": settings.copyright,
        "repo_url": settings.repo_url,
        "repo_name": settings.repo_name,
        "edit_uri": settings.edit_uri,
        "use_directory_urls": settings.directory_urls,
        "theme": theme_values(settings),
        "plugins": [name for name, used in plugins.items() if used],
    }
    return {key: str(value) if isinstance(value, str) else value for key, value in values.items() if value is not None}


def theme_values(settings: Settings) -> dict[str, Any]:
    """The value of `theme` in a configuration, as far as the author chose."""
    values: dict[str, Any] = {"name": "material"}
    if theme := settings.theme:
        for name in ("logo", "favicon"):
            if value := getattr(theme, name):
                values[name] = str(value)
        if code := theme.language:
            values["language"] = str(code) if code in LANGUAGES else code.partition("-")[0]
        if theme.features:
            values["features"] = [str(feature) for feature in theme.features]
        if theme.palette:
            chosen = {"primary": theme.palette.primary, "accent": theme.palette.accent}
            values["palette"] = {key: str(value) for key, value in chosen.items() if value}
    return values


def _copy_image(handbook: Path, folder: str, name: str, docs: Path) -> None:
    """Copy an ordinary file; nothing outside the handbook is reached through links."""
    path, place = handbook / folder / name, f"{folder}/{name}"
    if path.resolve() != path or not path.is_file():
        raise SiteError(f"{FILE}: there is no image '{place}'")
    if path.stat().st_size > MAX_IMAGE:
        raise SiteError(f"{place}: is larger than 1 MB")
    (docs / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, docs / name)


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Collect MkDocs' warnings instead of printing them."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.propagate, logger.handlers[:]
    collector = _Collector()
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.handlers[:] = [collector]
    try:
        yield collector.messages
    finally:
        level, logger.propagate, logger.handlers[:] = before
        logger.setLevel(level)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
