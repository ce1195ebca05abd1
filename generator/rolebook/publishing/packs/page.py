"""A pack as one HTML file: its styles and fonts are in it, and it asks nobody for anything."""

from base64 import b64encode
from functools import lru_cache

from markupsafe import Markup

from rolebook import resources
from rolebook.pages.packs import Pack
from rolebook.rendering import Blocks, Look

_SHEET = "packs/pack.css"
_FACES = (("Regular", 400), ("Bold", 700))
_SMALL = 'font:8.5pt "Rolebook Sans",sans-serif'


def page(pack: Pack, look: Look) -> str:
    """The file of a pack."""
    style = Markup(_sheets(pack) + _style(look).replace("</", "<\\/"))  # noqa: S704 - nothing in it can end it
    return f"{Blocks('packs/frame', look, pack=pack, style=style).render('frame')}\n"


@lru_cache(maxsize=2)
def _style(look: Look) -> str:
    """The style sheets that all packs have, fonts included: ours, or the handbook's own of that name, then others."""
    own = {name: text for name, text in look.own if name.endswith(".css")}
    ours = own.pop(_SHEET, None) or (resources.templates() / _SHEET).read_text(encoding="utf-8")
    return "\n".join([faces(), ours, *(own[name] for name in sorted(own))])


def faces() -> str:
    """The fonts for a style sheet: they are in it."""
    return "".join(
        f'@font-face{{font-family:"Rolebook Sans";font-weight:{weight};src:url({_data(face)}) format("woff2")}}\n'
        for face, weight in _FACES
    )


@lru_cache
def _data(face: str) -> str:
    font = resources.templates() / "packs" / "fonts" / f"RolebookSans-{face}.woff2"
    return f"data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}"


def fonts() -> frozenset[str]:
    """The addresses of the fonts: all that a pack may be asked for while it is printed."""
    return frozenset(_data(face) for face, _ in _FACES)


def _sheets(pack: Pack) -> str:
    """The pages, upright and lying, with their heads and feet; a browser that prints adds what it knows of these."""
    paper, (left, right) = pack.edition.paper, map(quoted, pack.heads)
    return f"""@page{{size:{paper.name};margin:{paper.margins};
@top-left{{content:{left};{_SMALL}}}
@top-right{{content:{right};content:{right} " \\2013  " string(chapter);{_SMALL}}}
@bottom-left{{content:{quoted(pack.foot)};{_SMALL}}}
@bottom-right{{content:counter(page) " / " counter(pages);{_SMALL}}}}}
@page lying{{size:{paper.name} landscape}}
@page:first{{@top-left{{content:none}}@top-right{{content:none}}@bottom-left{{content:none}}@bottom-right{{content:none}}}}
"""


def quoted(text: str) -> str:
    """A text as a style sheet writes it: all but letters and digits by their numbers, so that nothing ends it."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'
