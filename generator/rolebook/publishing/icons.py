"""The icons of the frame around pages: drawn by the style sheet once, not by each page anew.

An icon that has colours of its own stays in the pages, since the style sheet fills a shape with the colour of text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rolebook.rendering import Templates, replace_text

_USUAL: Mapping[str, str] = {
    "close": "material/close",
    "logo": "material/library",
    "menu": "material/menu",
    "next": "material/arrow-right",
    "previous": "material/arrow-left",
    "search": "material/magnify",
    "top": "material/arrow-up",
}
"""What the theme shows where nobody chose, by the name of the choice in `theme.icon`."""

_OURS = ("material/file-edit-outline", "material/source-repository")
"""What our own parts of the frame show."""

_PLAIN = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)">'
    r'(?:<!--[^<>\\\n]*-->)?(?:<path d="[A-Za-z0-9 .,+-]+"/>)+</svg>\s*'
)
_COMMON = """\
/* The icons of the frame around the pages. */

svg[class^="rb-icon-"] {
  background-color: currentcolor;
  mask: center / contain no-repeat;
}

@media (forced-colors: active) {
  svg[class^="rb-icon-"] {
    background-color: canvastext;
    forced-color-adjust: none;
  }

  a svg[class^="rb-icon-"] {
    background-color: linktext;
  }
}
"""
_ICON = """
svg.{name} {{
  aspect-ratio: {width} / {height};
  mask-image: url('data:image/svg+xml,{shape}');
}}
"""


def plain_icons(folders: Iterable[str], chosen: Mapping[str, Any], others: Iterable[str]) -> dict[str, str]:
    """The drawings of the frame's icons by their names, of those in one colour.

    `folders` are those of the theme, the first goes first; `chosen` is `theme.icon`, `others` are further names.
    """
    places = [Path(folder, ".icons") for folder in folders]
    names = {*_OURS, *others, *(str(chosen.get(key) or usual) for key, usual in _USUAL.items())}
    found = ((name, _drawing(places, name)) for name in sorted(names))
    return {name: drawing for name, drawing in found if drawing}


def style_sheet(icons: Mapping[str, str]) -> str:
    """The style sheet that draws these icons."""
    return _COMMON + "".join(_rules(icons))


def leave_to_style(theme: Templates, icons: Mapping[str, str]) -> None:
    """Have the theme print an element for the style sheet to draw in, where it would print one of these icons."""
    named = icons.items()
    replace_text(
        theme, {f".icons/{name}.svg": {drawing: f'<svg class="{_class(name)}"></svg>'} for name, drawing in named}
    )


def _drawing(places: Iterable[Path], name: str) -> str:
    """The file of the icon `name` if it is a shape in one colour; else ""."""
    path = next((path for place in places if (path := place / f"{name}.svg").is_file()), None)
    text = path.read_text(encoding="utf-8") if path else ""
    return text if _PLAIN.fullmatch(text) else ""


def _rules(icons: Mapping[str, str]) -> Iterator[str]:
    for name, drawing in icons.items():
        plain = _PLAIN.fullmatch(drawing)
        assert plain
        shape = drawing.strip().replace("%", "%25").replace("#", "%23").replace("'", "%27")
        yield _ICON.format(name=_class(name), shape=shape, **plain.groupdict())


def _class(name: str) -> str:
    return "rb-icon-" + re.sub(r"[^a-z0-9]+", "-", name.removeprefix("material/").lower())
