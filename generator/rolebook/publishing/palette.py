"""The colours that a handbook chose, as a style sheet over ours: for light and dark, with text that can be read.

A handbook names a colour of Material's or writes its own; whatever else has to follow is worked out from it here.
"""

from types import MappingProxyType

from rolebook.publishing.colours import BLACK, READABLE, WHITE, Colour, apart

COLOURS = MappingProxyType(
    {
        "red": "#ef5552",
        "pink": "#e92063",
        "purple": "#ab47bd",
        "deep purple": "#7e56c2",
        "indigo": "#4051b5",
        "blue": "#2094f3",
        "light blue": "#02a6f2",
        "cyan": "#00bdd6",
        "teal": "#009485",
        "green": "#4cae4f",
        "light green": "#8bc34b",
        "lime": "#cbdc38",
        "yellow": "#ffec3d",
        "amber": "#ffc105",
        "orange": "#ffa724",
        "deep orange": "#ff6e42",
        "brown": "#795649",
        "grey": "#757575",
        "blue grey": "#546d78",
        "black": "#1a1c1e",
        "white": "#ffffff",
    }
)
"""The colours of Material by name."""

_BRIGHT = frozenset({"light green", "lime", "yellow", "amber", "orange", "white"})
"""Those that stay as bright as they are, with dark text; on the others text is white, as readers know them."""

_PAGE = Colour.at("#e3e9ea"), Colour.at("#2a363a")
"""What text of a colour may stand on at worst: a little more than the panels and heads of tables of both schemes."""
_RUST = Colour.at("#9c3f00")
_PETROL = Colour.at("#0a6070")
_TELLABLE = 40
"""Degrees between hues that nobody takes for one another."""


def is_chosen(name: object) -> bool:
    """Whether `name` is a colour that a handbook may choose, and not a word of the theme such as `custom`."""
    return isinstance(name, str) and (name in COLOURS or name.replace("-", " ") in COLOURS or _own(name) is not None)


def style_sheet(primary: str | None, accent: str | None) -> str:
    """The style sheet for what was chosen; "" for nothing. ValueError for what is no colour."""
    chosen = _colour(primary) if primary else None
    pointed = _colour(accent) if accent else None
    if chosen is None and pointed is None:
        return ""
    parts = ["/* The colours of this handbook, made from `palette` in mkdocs.yml. */\n"]
    for dark, scheme in enumerate(("default", "slate")):
        values: dict[str, str] = {}
        if chosen:
            values |= _dark_head(chosen) if dark else _head(chosen)
            values |= _text(chosen, pointed=pointed, dark=bool(dark))
        values |= _pointed(chosen, pointed, dark=bool(dark))
        lines = "".join(f"  {name}: {value};\n" for name, value in values.items())
        parts.append(f'[data-md-color-scheme="{scheme}"][data-md-color-primary] {{\n{lines}}}\n')
    return "\n".join(parts)


def _own(name: str) -> Colour | None:
    try:
        return Colour.at(name)
    except ValueError:
        return None


def _colour(name: str) -> Colour:
    known = name.replace("-", " ")
    if known not in COLOURS:
        return Colour.at(name)
    colour = Colour.at(COLOURS[known])
    return colour if known in _BRIGHT else colour.readable_on(WHITE)


def _head(colour: Colour) -> dict[str, str]:
    """The head of each page in the very colour, and what stands in it."""
    text = WHITE if WHITE.contrast(colour) >= READABLE else BLACK
    quiet = _mixed(text, colour, 0.82)
    light = colour.luminance > 0.5
    field = "0 0 0 / {}%" if light or text == WHITE else "255 255 255 / {}%"
    least, most = (8, 14) if light else (26, 38)
    edge = {"--rb-head-line": "var(--rb-line)"} if colour.contrast(WHITE) < 1.15 else {}
    return edge | {
        "--md-primary-fg-color": str(colour),
        "--md-primary-fg-color--light": str(_mixed(colour, WHITE, 0.85)),
        "--md-primary-fg-color--dark": str(_mixed(colour, BLACK if text == WHITE else WHITE, 0.85)),
        "--md-primary-bg-color": str(text),
        "--md-primary-bg-color--light": str(quiet if quiet.contrast(colour) >= READABLE else text),
        "--rb-field": f"rgb({field.format(least)})",
        "--rb-field-pointed": f"rgb({field.format(most)})",
    }


def _dark_head(colour: Colour) -> dict[str, str]:
    """The head of each page in the dark: the same hue, deep enough not to glare."""
    deep = colour.at_lightness(min(colour.lightness, 0.16), min(colour.saturation, 0.75)).readable_on(WHITE, 11)
    return _head(deep) | {"--md-primary-fg-color--light": str(_mixed(deep, WHITE, 0.88))}


def _text(colour: Colour, *, pointed: Colour | None, dark: bool) -> dict[str, str]:
    """Links and letters, and the hue of the greys."""
    coloured = None if pointed is None or pointed.is_grey else pointed
    base = (coloured or _PETROL) if colour.is_grey else colour
    link = _legible(base, dark=dark)
    other = next(other for other in (coloured, _RUST, _PETROL) if other and apart(other, base) >= _TELLABLE)
    return {
        "--rb-hue": f"{colour.hue:.0f}",
        "--rb-tint": f"{min(colour.strength * 4, 1):.2f}",
        "--md-typeset-a-color": str(link),
        "--rb-on-paper": str(_legible(base, dark=False, contrast=7)),
        "--rb-responsible": str(link),
        "--rb-accountable": str(_legible(other, dark=dark)),
    }


def _pointed(colour: Colour | None, pointed: Colour | None, *, dark: bool) -> dict[str, str]:
    """What the pointer or the keyboard is on: the second colour, or the first in a stronger shade."""
    if pointed:
        shade = _legible(pointed, dark=dark)
    else:
        assert colour
        link = _legible(_PETROL if colour.is_grey else colour, dark=dark)
        shade = link.at_lightness(link.lightness * 0.75) if not dark else _mixed(link, WHITE, 0.6)
    red, green, blue = (round(part * 255) for part in (shade.red, shade.green, shade.blue))
    return {
        "--md-accent-fg-color": str(shade),
        "--md-accent-fg-color--transparent": f"rgb({red} {green} {blue} / {12 if dark else 8}%)",
    }


def _legible(colour: Colour, *, dark: bool, contrast: float = READABLE) -> Colour:
    """A colour for text on a page."""
    if not dark:
        return colour.readable_on(_PAGE[0], contrast)
    return colour.at_lightness(colour.lightness, min(colour.saturation, 0.85)).readable_on(_PAGE[1], contrast + 1)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of `one`, the rest of `other`, as it can be written."""
    pairs = ((one.red, other.red), (one.green, other.green), (one.blue, other.blue))
    return Colour.at(str(Colour(*(a * share + b * (1 - share) for a, b in pairs))))
