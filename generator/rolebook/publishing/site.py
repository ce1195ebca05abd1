"""A handbook's pages built into a folder, all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rolebook.pages.page import Chapter, Page
from rolebook.publishing import engine
from rolebook.publishing.edition import NO_FILES, Edition
from rolebook.publishing.overrides import NO_OVERRIDES, Overrides
from rolebook.publishing.plugin import RolebookPlugin
from rolebook.publishing.settings import Settings
from rolebook.publishing.staging import staged
from rolebook.rendering import Look

_IN_ENGLISH = Look()


def build_site(
    pages: Sequence[Page],
    chapters: Sequence[Chapter],
    settings: Settings,
    handbook: Path,
    target: Path,
    *,
    files: Mapping[str, bytes] = NO_FILES,
    look: Look = _IN_ENGLISH,
    own: Overrides = NO_OVERRIDES,
) -> None:
    """Build `pages` into `target`; SiteError when that cannot be done, and then `target` is as it was.

    `files` lie beside the pages at the root of the site, `look` is how the pages were printed, and `own` are the
    handbook's own styles and parts of the theme. `handbook` is the folder of the handbook, `settings` what
    its `mkdocs.yml` says. The same pages and settings give the same bytes, whatever the day, machine and folder.
    """
    edition = Edition(tuple(pages), tuple(chapters), files=files, look=look, own=own)
    plugin = RolebookPlugin(lambda _: edition)
    with staged(target, handbook) as stage:
        docs = stage.parent / "docs"
        docs.mkdir()
        folders = (handbook.resolve(), docs.resolve(), stage.resolve())
        for warning in engine.run(engine.configuration(settings, *folders, plugin)):
            raise engine.failure(warning)  # a broken link is no better than an error
