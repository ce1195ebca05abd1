"""The MkDocs plugin: reads the handbook beside `mkdocs.yml` and gives its pages to MkDocs."""

import datetime
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from rolebook import resources
from rolebook.loading import NotAHandbook
from rolebook.loading.files import FOLDERS
from rolebook.publishing import search
from rolebook.publishing.addresses import address, broken_links, source_name
from rolebook.publishing.banner import banner, substitute
from rolebook.publishing.edition import Edition, Site, read_edition
from rolebook.publishing.error import SiteError
from rolebook.publishing.exports.feeds import announced
from rolebook.publishing.handbook_page import UPDATED, HandbookPage
from rolebook.publishing.icons import leave_to_style
from rolebook.publishing.markup import dense, mend
from rolebook.publishing.names import name_files
from rolebook.publishing.navigation import alone, entries, titles
from rolebook.publishing.overrides import FOLDER as OVERRIDES
from rolebook.publishing.overrides import read_overrides
from rolebook.publishing.packs.on_demand import hand_out
from rolebook.publishing.packs.shelf import Shelf
from rolebook.publishing.printing import Printer
from rolebook.publishing.repository import Repository
from rolebook.publishing.sidebar import remember
from rolebook.publishing.theme import Dress, furnish
from rolebook.publishing.today import settle
from rolebook.rendering import Templates, rewrite, sandboxed

Reader = Callable[[MkDocsConfig], Edition]
"""Makes the pages of the handbook that a configuration belongs to."""

_IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".ico")

log = logging.getLogger("mkdocs.plugins.rolebook")


class RolebookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs does not annotate what makes subclasses
    """The options of the plugin."""

    today = c.Optional(c.Type((str, datetime.date)))
    """The day that checks take for today; without it SOURCE_DATE_EPOCH, else the clock."""
    packs = c.Type(bool, default=False)
    """Whether the training packs are made as PDF, too; never while serving."""


class RolebookPlugin(BasePlugin[RolebookConfig]):  # type: ignore[no-untyped-call]  # for the same reason
    """Adds the handbook's pages; what is wrong with the handbook stops a build, and is shown while serving."""

    def __init__(self, read: Reader | None = None) -> None:
        self._read = read or self._read_beside
        self._serving = False
        self._good: Edition | None = None
        """The last edition without errors, for showing while a handbook is being mended."""
        self._edition = Edition()
        self._dress: Dress
        """Style sheets, scripts and icons, as this handbook needs them."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Remember whether a person is watching; having this event makes MkDocs keep the plugin between builds."""
        self._serving = command == "serve"

    @property
    def packs(self) -> Shelf:
        """The packs of the pages that are shown."""
        return self._edition.packs

    @event_priority(-100)  # when other plugins have settled what addresses look like
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the handbook before MkDocs empties the site, and put our theme and navigation in place."""
        fresh = self._read(config)
        warning = None
        if not fresh.errors:
            self._good = self._edition = fresh
            if fresh.report:
                log.warning(fresh.report)
        elif not self._serving:
            raise PluginError(fresh.report)
        else:
            log.error(fresh.report)
            warning = banner(fresh, self._good.look) if self._good else None
            self._edition = self._good or substitute(fresh)
        self._dress = furnish(config, self._edition.look, self._edition.own, warning, self._edition.imprint)
        config.extra["feeds"] = announced(self._edition.files)
        config.nav = entries(self._edition.chapters)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages in; leave out the handbook's own files, and those of ours that were put together."""
        parts = {str(resources.theme() / name) for name in self._dress.parts}
        for file in list(files):
            own = file.src_dir == config.docs_dir and not file.src_uri.endswith((".md", *_IMAGES))
            if own or file.abs_src_path in parts:
                files.remove(file)
        pages, chapters = self._edition.pages, self._edition.chapters
        nav, single = titles(chapters), alone(chapters)
        repository = Repository(config.repo_url, config.edit_uri)
        beside_pages = {*(file.url for file in files), *self._edition.files, *self.packs}
        for broken in broken_links(pages, directory_urls=config.use_directory_urls, files=beside_pages):
            log.warning(str(broken))
        taken = {file.dest_uri: file for file in files}
        for page in pages:
            file = File.generated(config, source_name(page.path), content="")
            if file.dest_uri in taken:
                files.remove(taken[file.dest_uri])
            title = nav.get(page.path, page.title)
            file.page = HandbookPage(
                page,
                file,
                config,
                title=title,
                alone=page.path in single,
                repository=repository,
                look=self._edition.look,
            )
            files.append(file)
        made = self._dress.made | name_files(pages, directory_urls=config.use_directory_urls)
        beside: dict[str, str | bytes] = {**self._edition.files, **made}
        for path, content in beside.items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_env(self, env: Templates, **_: object) -> Templates:
        """Have valid HTML, the navigation printed once for pages that lie together, and no lines of templates alone."""
        own = str(self._edition.own.folder) if self._edition.own.folder else None
        if self._edition.own.theme:
            env = sandboxed(env)
        env.trim_blocks = env.lstrip_blocks = True
        mend(env)
        rewrite(env, dense, but=own)
        leave_to_style(env, self._dress.icons)
        remember(env, self._edition.look)
        return env

    def on_page_context(self, context: TemplateContext, *, config: MkDocsConfig, **_: object) -> TemplateContext:
        """Let what a reader has chosen, such as dark pages, hold for the versions that lie beside this one."""
        if self._edition.imprint and self._edition.imprint.older:
            config.extra["scope"] = f"{context['base_url']}/.."
        return context

    def on_pre_page(self, page: MkDocsPage, **_: object) -> MkDocsPage:
        """Give pages that an author added no date of today either."""
        page.update_date = UPDATED
        return page

    @event_priority(50)  # before the theme's plugin writes its index
    def _complete_index(self, *, config: MkDocsConfig) -> None:
        """Let the search find our pages, which the theme was told to leave alone."""
        index = getattr(config.plugins.get("material/search"), "search_index", None)
        if index is not None:
            index.config["separator"] = search.SEPARATOR
            for page in self._edition.pages:
                index.entries += search.entries(page, address(page.path, directory_urls=config.use_directory_urls))

    @event_priority(-150)  # when the theme's plugin has copied the index
    def _shorten_index(self, *, config: MkDocsConfig) -> None:
        """Keep the search quick where a page is opened as a file."""
        search.shorten(Path(config.site_dir, "search", "search_index.js"))

    def _write_packs(self, *, config: MkDocsConfig) -> None:
        """Make the packs; who watches a preview gets each when it is asked for."""
        if self._serving:
            return
        try:
            for name, make in self.packs.items():
                write_file(make(), str(Path(config.site_dir, name)))
        except SiteError as error:
            raise PluginError(str(error)) from error

    on_post_build = CombinedEvent(_complete_index, _write_packs, _shorten_index)

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Watch the handbook's files, and hand out its packs."""
        hand_out(server, lambda: self.packs)
        for folder in (*FOLDERS, OVERRIDES):
            if (path := _handbook(config) / folder).is_dir():
                server.watch(str(path))
        return server

    def _read_beside(self, config: MkDocsConfig) -> Edition:
        said = self.config.today
        try:
            today = settle(str(said) if said is not None else None)
            own = read_overrides(_handbook(config))  # whoever runs MkDocs trusts the handbook with more than that
            look = own.look(config.theme.get("language"))
            repository = Repository(config.repo_url, config.edit_uri)
            printer = Printer() if self.config.packs and not self._serving else None
            site = Site(config.use_directory_urls, config.site_url, repository, look, own, printer=printer)
            return read_edition(_handbook(config), today, site)
        except (NotAHandbook, SiteError) as error:
            raise PluginError(str(error)) from error


def _handbook(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
