"""The handbook for programs: files at the root of the site, beside its pages."""

from collections.abc import Sequence

from rolebook import resources
from rolebook.model.handbook import Handbook
from rolebook.pages.page import Chapter, Page
from rolebook.publishing.exports import calendars, data, feeds, llms
from rolebook.rendering import Links

SCHEMA = "handbook.schema.json"


def exports(
    handbook: Handbook, pages: Sequence[Page], chapters: Sequence[Chapter], links: Links, site_url: str | None
) -> dict[str, bytes]:
    """The files by their name: the handbook as data, its schema, a guide for language models, feeds, and calendars."""
    return {
        "handbook.json": data.document(handbook, links).encode(),
        SCHEMA: (resources.templates() / "exports" / SCHEMA).read_bytes(),
        "llms.txt": llms.document(handbook, pages, chapters, links, site_url).encode(),
        **feeds.feeds(handbook, links, site_url),
        **calendars.calendars(handbook, links, site_url),
    }
