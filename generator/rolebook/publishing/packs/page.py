"""A pack as one HTML file: its styles and fonts are in it, and it asks nobody for anything."""

from functools import lru_cache

from markupsafe import Markup

from rolebook import resources
from rolebook.pages.packs import Pack
from rolebook.publishing.printing import faces, quoted
from rolebook.rendering import Blocks, Look

_SHEET = "packs/pack.css"
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
