"""The packs of a site: named before its pages are made, and made themselves when they are written."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from rolebook.model.handbook import Handbook
from rolebook.pages.packs import Offer, Pack, delta, lately, offers, pack
from rolebook.publishing.error import SiteError
from rolebook.publishing.packs.page import page
from rolebook.publishing.printing import Printer
from rolebook.rendering import Look, TemplateFault

Shelf = Mapping[str, Callable[[], bytes]]
"""What makes each pack, by its path in the site; SiteError for the mistake of an own template."""

EMPTY: Shelf = MappingProxyType({})


def shelf(handbook: Handbook, look: Look, printer: Printer | None = None) -> Shelf:
    """The packs that a site of `handbook` offers as HTML, and with a `printer` as PDF, too.

    They are the participants' editions, which hold no answers, and name no day on which they were made: the same
    handbook gives the same packs.
    """
    found: dict[str, Callable[[], bytes]] = {}
    for its in offers(handbook).values():
        for offer in its:
            found[f"{offer.name}.html"] = partial(_html, handbook, offer, look)
            if printer:
                found[f"{offer.name}.pdf"] = partial(_pdf, handbook, offer, look, printer)
    return found


def _html(handbook: Handbook, offer: Offer, look: Look) -> bytes:
    return _written(handbook, offer, look)[1].encode()


def _pdf(handbook: Handbook, offer: Offer, look: Look, printer: Printer) -> bytes:
    made, html = _written(handbook, offer, look)
    return printer.pdf(html, made.digest)


def _written(handbook: Handbook, offer: Offer, look: Look) -> tuple[Pack, str]:
    try:
        made = _made(handbook, offer, look)
        return made, page(made, look)
    except TemplateFault as fault:
        raise SiteError(str(fault)) from fault


def _made(handbook: Handbook, offer: Offer, look: Look) -> Pack:
    role, edition = str(offer.role.id), offer.edition
    if not offer.since:
        return pack(handbook, role, edition, look, today=None)
    made = delta(handbook, role, lately(handbook)[edition.since], edition, look, today=None)
    assert made is not None, "what is offered tells of something"
    return made
