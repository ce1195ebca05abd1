"""What one build publishes: the pages of a handbook, their navigation, and what was found wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Self

from rolebook.checks import findings
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages import Checked, handbook_pages, navigation
from rolebook.pages.page import Chapter, Page
from rolebook.publishing.error import SiteError
from rolebook.publishing.exports import exports
from rolebook.publishing.overrides import NO_OVERRIDES, Overrides
from rolebook.publishing.packs.shelf import EMPTY, Shelf, shelf
from rolebook.publishing.printing import Printer
from rolebook.publishing.repository import Repository
from rolebook.publishing.settings import Settings
from rolebook.publishing.versions.imprint import Imprint, imprint
from rolebook.rendering import IN_ENGLISH, Links, Look, TemplateFault
from rolebook.reporting import counts, text

NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages are to lie: what their addresses look like, the site's own, and where their sources are edited."""

    directory_urls: bool = False
    url: str | None = None
    repository: Repository = field(default_factory=Repository)
    look: Look = IN_ENGLISH
    own: Overrides = NO_OVERRIDES
    """The handbook's own templates and styles."""
    published: bool = False
    """Whether it is the site of a release, beside those of others."""
    printer: Printer | None = None
    """What makes PDF of its training packs; without it, they are there as HTML alone."""

    @classmethod
    def of(cls, settings: Settings, own: Overrides = NO_OVERRIDES, printer: Printer | None = None) -> Self:
        """The site that `settings` describe; SiteError where `own` cannot be used."""
        repository = Repository(settings.repo_url, settings.edit_uri)
        look = own.look(settings.theme.language if settings.theme else None)
        return cls(settings.directory_urls, settings.site_url, repository, look, own, printer=printer)


@dataclass(frozen=True, slots=True)
class Edition:
    """A handbook made into pages; where it has errors, it has none."""

    pages: tuple[Page, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    report: str = ""
    """What was found, as it is printed; empty when nothing is to be told."""
    errors: int = 0
    files: Mapping[str, bytes] = field(default_factory=lambda: NO_FILES)
    """What lies beside the pages at the root of the site, by name."""
    packs: Shelf = field(default_factory=lambda: EMPTY)
    """The training packs beside the pages, which are made when they are written."""
    look: Look = IN_ENGLISH
    own: Overrides = NO_OVERRIDES
    imprint: Imprint | None = None
    """What each page says of the version that it belongs to."""


def edition(handbook: Handbook, checked: Checked, site: Site, report: str = "") -> Edition:
    """A handbook without errors made into pages, and into files for programs; SiteError for an own template's fault."""
    packs = shelf(handbook, site.look, site.printer)
    links = Links(site.directory_urls, site.repository.line, site.look, frozenset(packs))
    try:
        pages, chapters = handbook_pages(handbook, links, checked), navigation(handbook, site.look)
    except TemplateFault as fault:
        raise SiteError(str(fault)) from fault
    files = exports(handbook, pages, chapters, links, site.url)
    printed = imprint(handbook, site.look, published=site.published)
    return Edition(pages, chapters, report, files=files, packs=packs, look=site.look, own=site.own, imprint=printed)


def read_edition(handbook: Path, today: date, site: Site) -> Edition:
    """Read and check the handbook as of `today`, and make its pages unless it has errors."""
    loaded = load(handbook, all_releases=True)
    found = findings(loaded, today)
    report = "\n".join(text.report(found.diagnostics, loaded.lines)).strip()
    errors, _ = counts(found.diagnostics)
    if errors:
        return Edition(report=report, errors=errors, look=site.look)
    return edition(loaded.handbook, Checked.of(found, loaded.lines, today), site, report)
