"""A handbook's pages built into a folder, all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rolebook.pages.page import Chapter, Page
from rolebook.publishing import engine
from rolebook.publishing.edition import NO_FILES, Edition
from rolebook.publishing.overrides import NO_OVERRIDES, Overrides
from rolebook.publishing.packs.shelf import EMPTY, Shelf
from rolebook.publishing.plugin import RolebookPlugin
from rolebook.publishing.settings import Settings
from rolebook.publishing.staging import staged
from rolebook.publishing.versions.imprint import Imprint
from rolebook.rendering import IN_ENGLISH, Look


def build_site(
    pages: Sequence[Page],
    chapters: Sequence[Chapter],
    settings: Settings,
    handbook: Path,
    target: Path,
    *,
    files: Mapping[str, bytes] = NO_FILES,
    packs: Shelf = EMPTY,
    look: Look = IN_ENGLISH,
    own: Overrides = NO_OVERRIDES,
    imprint: Imprint | None = None,
) -> None:
    """Build `pages` into `target`; SiteError when that cannot be done, and then `target` is as it was.

    `files` and `packs` lie beside the pages at the root of the site, `look` is how the pages were printed, and `own`
    are the handbook's own styles and parts of the theme; `imprint` is what pages say of their version. `handbook` is
    the folder of the handbook, `settings` what its `mkdocs.yml` says. The same pages and settings give the same bytes,
    whatever the day, machine and folder.
    """
    edition = Edition(tuple(pages), tuple(chapters), files=files, packs=packs, look=look, own=own, imprint=imprint)
    with staged(target, handbook) as stage:
        build_edition(edition, settings, handbook, stage)


def build_edition(edition: Edition, settings: Settings, handbook: Path, stage: Path) -> None:
    """Build a site into the folder `stage`, beside which there is room to work; SiteError when it cannot be done."""
    plugin = RolebookPlugin(lambda _: edition)
    docs = stage.parent / "docs"
    docs.mkdir()
    folders = (handbook.resolve(), docs.resolve(), stage.resolve())
    for warning in engine.run(engine.configuration(settings, *folders, plugin)):
        raise engine.failure(warning)  # a broken link is no better than an error
