"""A page of the handbook in MkDocs' hands: finished, so that nothing is left for python-markdown to do."""

from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from rolebook.pages.page import Page
from rolebook.publishing import search
from rolebook.publishing.content import TITLE_ID, anchors, article
from rolebook.publishing.repository import Repository
from rolebook.rendering import Look

WIDE = ("home", "matrix", "process", "procedure")
"""Kinds of pages that need the room where contents stand otherwise; those of a process have them left of it."""

BELONGING = ("procedure",)
"""Kinds of pages that belong to the one before them: the navigation shows them beside that one alone."""

UPDATED = "1980-01-01"
"""The day that MkDocs takes for the last change of every page, so that the same handbook gives the same bytes."""


class HandbookPage(MkDocsPage):
    """A page that brings its content, its contents list and its anchors along."""

    def __init__(
        self,
        page: Page,
        file: File,
        config: MkDocsConfig,
        *,
        title: str,
        alone: bool,
        repository: Repository,
        look: Look,
    ) -> None:
        """`title` is what the navigation calls it, `alone` says whether it is a chapter by itself.

        `look` is how the pages were printed.
        """
        super().__init__(escape(title), file, config)
        self._page = page
        self._alone = alone
        self._repository = repository
        self._look = look
        self.belongs = page.kind in BELONGING
        self.update_date = UPDATED
        self.edit_url = repository.file(page.source) if page.source else None

    def read_source(self, _config: MkDocsConfig) -> None:
        """Set the metadata; themes print it as it is, so it is HTML."""
        self.markdown = ""
        self.meta = metadata(self._page, self._repository, alone=self._alone) | {"search": search.EXCLUDED}

    def render(self, _config: MkDocsConfig, _files: Files) -> None:
        """Set the content and what is known of it."""
        self.content = str(article(self._page, self._repository, self._look))
        self.toc = contents(self._page)
        self.present_anchor_ids = set(anchors(self._page))


def metadata(page: Page, repository: Repository, *, alone: bool) -> dict[str, Any]:
    """What templates may know of `page`, as HTML."""
    values: dict[str, Any] = {"title": escape(page.title), "description": escape(page.description)}
    if hidden := [*(["navigation"] if alone else []), *(["toc"] if page.kind in WIDE else [])]:
        values["hide"] = hidden
    if page.kind in BELONGING:
        values["status"] = page.kind
    if page.source and (url := repository.file(page.source)):
        values["edit_url"] = escape(url)
    return values


def contents(page: Page) -> TableOfContents:
    """The headings of `page`, those of sections below its title."""
    title = AnchorLink(escape(page.title), TITLE_ID, 1)
    title.active = True  # type: ignore[attr-defined]  # as MkDocs does for the first entry
    for section in page.sections:
        entry = AnchorLink(escape(section.heading), section.id, section.level)
        above = title.children[-1] if section.level > 2 and title.children else title
        above.children.append(entry)
    return TableOfContents([title])
