"""What we add to the theme, and what we choose in it where the author of a handbook chose nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig

from rolebook import resources
from rolebook.publishing import icons
from rolebook.publishing.joining import Part, join
from rolebook.publishing.overrides import Overrides
from rolebook.publishing.palette import is_chosen, style_sheet
from rolebook.publishing.versions.imprint import LATEST, Imprint
from rolebook.publishing.words import of_scripts, of_theme
from rolebook.rendering import Look

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
        "rolebook/news",
        "rolebook/versions",
        "rolebook/my-role",
        "rolebook/documents",
        "rolebook/board",
        "rolebook/maturity",
        "rolebook/business",
        "rolebook/scorecard",
        "rolebook/plan",
        "rolebook/texts",
        "print",
    )
)
SCRIPTS = tuple(
    f"assets/javascripts/rolebook/{name}.js"
    for name in ("say", "matrix-filter", "my-role", "finder", "terms", "search-note")
)
STYLE_SHEET = "assets/stylesheets/rolebook/pages.css"
"""Where our style sheets lie in the site: one after the other, and the handbook's colours after them."""
SCRIPT = "assets/javascripts/rolebook/pages.js"
"""Where our scripts lie in the site, their words first; they find what they ask for from this place."""
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


def palette(look: Look, primary: str | None = None, accent: str | None = None) -> list[dict[str, Any]]:
    """A light and a dark scheme with a switch between them; `custom` colours are those of our style sheets."""
    chosen = {"primary": primary or "custom", "accent": accent or "custom"}
    colours = {name: "custom" if is_chosen(colour) else colour for name, colour in chosen.items()}
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            **colours,
            "toggle": {"icon": "material/weather-night", "name": look.say("Switch to dark mode")},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            **colours,
            "toggle": {"icon": "material/weather-sunny", "name": look.say("Switch to light mode")},
        },
    ]


def printable(text: str) -> Markup:
    """Text of the configuration as HTML: the theme prints it as it is. Entities stay what they mean."""
    return escape(unescape(text))


@dataclass(frozen=True, slots=True)
class Dress:
    """What a handbook's look needs of the theme: style sheets and scripts in their order, and words.

    `made` are those among them that are made for this handbook, by path; `parts` are the files of the theme that are
    in them, and need not be published.
    """

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    made: dict[str, str]
    parts: frozenset[str]
    words: dict[str, str]
    icons: dict[str, str] = field(default_factory=dict)
    """The drawings that a style sheet prints, by their names."""


def dress(
    look: Look,
    own: Overrides,
    primary: str | None = None,
    accent: str | None = None,
    *,
    drawn: Mapping[str, str] = MappingProxyType({}),
    replaced: Collection[str] = (),
) -> Dress:
    """What pages in this look need, with the handbook's own files and these colours.

    The style sheet prints the icons `drawn`; `replaced` are files of ours in whose place others stand already.
    """
    sheet = style_sheet(*(colour if is_chosen(colour) else None for colour in (primary, accent)))
    theirs = {*own.theme, *replaced}
    signs = icons.style_sheet(drawn) if drawn else ""
    styles = join(STYLE_SHEET, [Part("", signs), *_parts(STYLES, theirs), Part("", sheet)])
    scripts = join(SCRIPT, [Part("", of_scripts(look, own.theme)), *_parts(SCRIPTS, theirs)])
    return Dress(
        styles=(*styles.paths, *own.added("assets/stylesheets", ".css")),
        scripts=(*scripts.paths, *own.added("assets/javascripts", ".js")),
        made=styles.made | scripts.made,
        parts=frozenset((*STYLES, *SCRIPTS)) - theirs,
        words=of_theme(look, own.theme),
        icons=dict(drawn),
    )


def _parts(names: Iterable[str], theirs: Collection[str]) -> list[Part]:
    """Our files with what they say, but for those in whose place `theirs` stand."""
    ours = resources.theme()
    return [Part(name, None if name in theirs else (ours / name).read_text(encoding="utf-8")) for name in names]


def furnish(
    config: MkDocsConfig,
    look: Look,
    own: Overrides,
    banner: Markup | None = None,
    imprint: Imprint | None = None,
) -> Dress:
    """Make MkDocs use our templates and styles, keep to this machine, and show `banner` and `imprint` on every page.

    Where the site lies beside those of other versions, the theme shows which there are.
    """
    theme = config.theme
    folders = [str(own.folder)] if own.folder else []
    place = 1 if theme.custom_dir else 0
    theme.dirs[place:place] = [*folders, str(resources.theme())]
    theme["font"] = False
    theme["features"] = theme.get("features") or list(FEATURES)
    theme["icon"] = {"logo": LOGO} | (theme.get("icon") or {})
    colours = theme.get("palette") or {}
    chosen = (colours.get("primary"), colours.get("accent")) if isinstance(colours, dict) else (None, None)
    if isinstance(colours, dict):
        theme["palette"] = palette(look, *chosen)
    switches = (option.get("toggle") or {} for option in theme.get("palette") or [])
    drawn = icons.plain_icons(theme.dirs, theme["icon"], (str(switch["icon"]) for switch in switches if switch))
    replaced = [name for name in (*STYLES, *SCRIPTS) if theme.custom_dir and Path(theme.custom_dir, name).is_file()]
    made = dress(look, own, *chosen, drawn=drawn, replaced=replaced)
    for name in _TEXTS:
        if config[name]:
            config[name] = printable(config[name])
    config.extra_css = [*made.styles, *config.extra_css]
    config.extra_javascript = [*made.scripts, *config.extra_javascript]
    config.extra["words"] = made.words
    config.extra["generator"] = False
    config.extra["banner"] = banner
    config.extra["imprint"] = imprint
    if imprint and imprint.older:
        config.extra["version"] = {"provider": "mike", "default": LATEST}
    shims = config.extra.get("polyfills", [])
    config.extra["polyfills"] = [SEARCH_SHIM if "iframe-worker" in str(shim) else shim for shim in shims]
    return made
