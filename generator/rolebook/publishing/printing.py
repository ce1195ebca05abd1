"""HTML as PDF, made by WeasyPrint, and what all that is printed has: fonts of its own. Nothing else is read."""

import logging
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

from rolebook import resources
from rolebook.publishing.error import SiteError

INSTALL = "pip install 'rolebook[pdf]'"
LIBRARIES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_FACES = (("Regular", 400), ("Bold", 700))


class Printer:
    """Makes PDF; SiteError where WeasyPrint, or a library of the system that it needs, is not there.

    The error says what can be had `without` them.
    """

    def __init__(self, without: str = "--html makes packs that a browser prints") -> None:
        try:
            import weasyprint
        except ImportError as error:
            raise SiteError(f"PDF needs WeasyPrint, which is not installed: {INSTALL}") from error
        except OSError as error:
            raise SiteError(
                f"PDF needs libraries of the system that are not installed (Pango): {LIBRARIES}; without them, "
                f"{without}"
            ) from error
        self._weasyprint: Any = weasyprint
        self._fetcher = _only_fonts()
        logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
        logging.getLogger("fontTools").setLevel(logging.CRITICAL)

    def pdf(self, html: str, digest: str) -> bytes:
        """The PDF of HTML that says the same as `digest`, with bookmarks, tags and fonts in it.

        The same bytes for the same HTML.
        """
        document = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher, media_type="print")
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=digest.encode())
        return made


def _only_fonts() -> Any:
    """What WeasyPrint asks for things outside of the HTML: it gives our own fonts, and reads nothing at all."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in fonts():
                raise ValueError("what is printed has all that it needs in itself")
            return URLFetcherResponse(url, b64decode(url.partition(",")[2]), {"Content-Type": "font/woff2"})

    return OnlyFonts()


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
    """The addresses of the fonts: all that may be asked for while something is printed."""
    return frozenset(_data(face) for face, _ in _FACES)


def quoted(text: str) -> str:
    """A text as a style sheet writes it: all but letters and digits by their numbers, so that nothing ends it."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'
