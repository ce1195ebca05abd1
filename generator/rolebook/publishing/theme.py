"""What we add to the theme, and what we choose in it where the author of a handbook chose nothing."""

from html import unescape
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig

from rolebook import resources

STYLES = tuple(
    f"assets/stylesheets/{name}.css"
    for name in (
        "colours",
        "layout",
        "content",
        "rolebook/lanes",
        "rolebook/home",
        "rolebook/terms",
        "rolebook/matrix",
        "rolebook/role",
        "rolebook/my-role",
        "rolebook/documents",
        "print",
    )
)
SCRIPTS = tuple(
    f"assets/javascripts/rolebook/{name}.js" for name in ("matrix-filter", "my-role", "finder", "terms", "search-note")
)
SEARCH_SHIM = "assets/javascripts/iframe-worker.js"
"""Lets the search run in a page that is opened as a file."""

FEATURES = (
    "content.action.edit",
    "navigation.footer",
    "navigation.indexes",
    "navigation.path",
    "navigation.prune",
    "navigation.tabs",
    "navigation.top",
    "search.highlight",
    "toc.follow",
)
"""Abilities of the theme. Without `navigation.prune` each page carries the whole navigation."""

LOGO = "material/book-open-page-variant-outline"

_TEXTS = ("site_name", "site_description", "site_author", "copyright", "repo_name")


def palette(primary: str | None = None, accent: str | None = None) -> list[dict[str, Any]]:
    """A light and a dark scheme with a switch between them; `custom` colours are those of our style sheet."""
    colours = {"primary": primary or "custom", "accent": accent or "custom"}
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            **colours,
            "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            **colours,
            "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"},
        },
    ]


def printable(text: str) -> Markup:
    """Text of the configuration as HTML: the theme prints it as it is. Entities stay what they mean."""
    return escape(unescape(text))


def furnish(config: MkDocsConfig, banner: Markup | None = None) -> None:
    """Make MkDocs use our templates and styles, keep to this machine, and show `banner` on every page."""
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(resources.theme()))
    theme["font"] = False
    theme["features"] = theme.get("features") or list(FEATURES)
    theme["icon"] = {"logo": LOGO} | (theme.get("icon") or {})
    colours = theme.get("palette") or {}
    if isinstance(colours, dict):
        theme["palette"] = palette(colours.get("primary"), colours.get("accent"))
    for name in _TEXTS:
        if config[name]:
            config[name] = printable(config[name])
    config.extra_css = [*STYLES, *config.extra_css]
    config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
    config.extra["generator"] = False
    config.extra["banner"] = banner
    shims = config.extra.get("polyfills", [])
    config.extra["polyfills"] = [SEARCH_SHIM if "iframe-worker" in str(shim) else shim for shim in shims]
