"""Every drawing is valid SVG, which the validator of HTML passes over: known elements, attributes and values."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site import links

NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
NUMBERS = rf"(?:[\s,]*{NUMBER})"
LENGTH = rf"{NUMBER}(?:%|px)?"
TEXT = r"(?s:.+)"
VALUES = {
    "d": rf"\s*[Mm]{NUMBERS}{{2}}(?:\s*[MmLlHhVvCcSsQqTtAaZz]|{NUMBERS})*\s*",
    "href": TEXT,
    "points": rf"{NUMBERS}{{4,}}",
    "preserveAspectRatio": r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?: (?:meet|slice))?",
    "stroke-width": LENGTH,
    "text-anchor": "start|middle|end",
    "viewBox": rf"{NUMBER}(?: {NUMBER}){{3}}",
    "width": rf"(?!-){LENGTH}",
    "height": rf"(?!-){LENGTH}",
    **dict.fromkeys(("x", "y", "dx", "dy", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"), LENGTH),
    **dict.fromkeys(("class", "fill", "id", "role", "style", "tabindex", "transform"), TEXT),
}
"""What an attribute may hold; those that begin with `aria-` or `data-` hold anything."""

SHARED = ("class", "fill", "id", "role", "stroke-width", "style", "tabindex", "text-anchor", "transform")
ELEMENTS = {
    "svg": ("viewBox", "preserveAspectRatio", "x", "y", "width", "height"),
    "a": ("href",),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "text": ("x", "y", "dx", "dy"),
    "tspan": ("x", "y", "dx", "dy"),
    "use": ("href", "x", "y", "width", "height"),
    **dict.fromkeys(("defs", "desc", "g", "title"), ()),
}
"""The elements that we draw with, and the attributes of each."""


def drawings(html: str) -> Iterator[str]:
    """Each outermost `svg` of a page."""
    depth = start = 0
    for tag in re.finditer(r"<(/?)svg\b[^>]*>", html):
        if not depth:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if not depth:
            yield html[start : tag.end()]


def faults(drawing: str) -> Iterator[str]:
    """What is no SVG in a drawing; HTML allows attributes without a value, and SVG does not."""
    try:
        root = ElementTree.fromstring(drawing.replace(" data-search-exclude", ""))
    except ElementTree.ParseError as error:
        yield str(error)
        return
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name not in ELEMENTS:
            yield f"<{name}>"
        for key, value in element.attrib.items():
            if key.startswith(("aria-", "data-")):
                continue
            if key not in (*SHARED, *ELEMENTS.get(name, ())) or not re.fullmatch(VALUES[key], value):
                yield f'<{name} {key}="{value}">'


def test_drawings_are_valid(site: Path) -> None:
    found = {(path, drawing) for path, html in links.pages(site).items() for drawing in drawings(html)}
    assert len(found) > len(links.pages(site))
    assert [f"{path}: {fault}" for path, drawing in sorted(found) for fault in faults(drawing)] == []


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg viewBox="0 0 10"></svg>',
        '<svg><path d="M1 2 Lnan 3"/></svg>',
        '<svg><rect x="None"/></svg>',
        '<svg><rect width="-1"/></svg>',
        '<svg><rect d="M0 0"/></svg>',
        "<svg><p>x</p></svg>",
        "<svg><g></svg>",
        "<svg>&para;</svg>",
    ],
)
def test_what_is_no_svg_is_found(drawing: str) -> None:
    assert len([*faults(drawing)]) == 1
