"""HTML as PDF, made by WeasyPrint; nothing is read on the way but the fonts that are in it."""

import logging
from base64 import b64decode
from typing import Any

from rolebook.publishing.error import SiteError
from rolebook.publishing.packs.page import fonts

INSTALL = "pip install 'rolebook[pdf]'"
LIBRARIES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class Printer:
    """Makes PDF; SiteError where WeasyPrint, or a library of the system that it needs, is not there."""

    def __init__(self) -> None:
        try:
            import weasyprint
        except ImportError as error:
            raise SiteError(f"PDF needs WeasyPrint, which is not installed: {INSTALL}") from error
        except OSError as error:
            raise SiteError(
                f"PDF needs libraries of the system that are not installed (Pango): {LIBRARIES}; without them, "
                "--html makes packs that a browser prints"
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
                raise ValueError("a pack has all that it needs in itself")
            return URLFetcherResponse(url, b64decode(url.partition(",")[2]), {"Content-Type": "font/woff2"})

    return OnlyFonts()
