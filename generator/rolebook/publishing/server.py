"""A handbook shown in a browser while it is being written: after each edit the pages are made again."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from rolebook.loading import NotAHandbook, files
from rolebook.publishing import engine
from rolebook.publishing.edition import Edition, Site, read_edition
from rolebook.publishing.error import SiteError
from rolebook.publishing.overrides import FOLDER as OVERRIDES
from rolebook.publishing.overrides import NO_OVERRIDES, read_overrides
from rolebook.publishing.packs.on_demand import hand_out
from rolebook.publishing.plugin import RolebookPlugin
from rolebook.publishing.reading import ReadSettings, read_settings
from rolebook.publishing.settings import FILE, Settings
from rolebook.publishing.today import settle
from rolebook.reporting import counts, text
from rolebook.source import Span, Text

Say = Callable[[str], None]
"""Tells the person who started the server something."""


def serve(handbook: Path, host: str, port: int, today: date | None, say: Say, *, trust: bool = False) -> None:
    """Serve `handbook` until interrupted; NotAHandbook when it is none, SiteError when it cannot be served.

    With `trust`, the handbook's own templates and styles are used. What is wrong with the handbook is told through
    `say`, and shown with the last good pages.
    """
    files.find(handbook)
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        preview = Preview(handbook.resolve(), today, Path(folder).resolve(), say, trust=trust)
        server = LiveReloadServer(preview.build, host, port, folder)
        try:
            preview.attach(server)
            preview.build()
            for name in (*files.FOLDERS, FILE, *([OVERRIDES] if trust else [])):
                if (path := preview.handbook / name).exists():
                    server.watch(str(path))
            say(f"Serving on {server.url} (Ctrl-C stops)")
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs does not annotate it
        except KeyboardInterrupt:
            say("Stopped.")
        except (OSError, OverflowError) as error:
            raise SiteError(f"{host}:{port}: {getattr(error, 'strerror', None) or error}") from error
        finally:
            server.shutdown()


class Preview:
    """The pages of a handbook as it stands now, each time in a folder of their own."""

    def __init__(self, handbook: Path, today: date | None, folder: Path, say: Say, *, trust: bool = False) -> None:
        self.handbook = handbook
        self.site = folder / "0"
        self._today = today
        self._folder = folder
        self._say = say
        self._trust = trust
        self._number = 0
        self._settings = Settings(site_name=Text("Handbook", Span.of_file(FILE)), span=Span.of_file(FILE))
        """Those of the last `mkdocs.yml` without errors."""
        self._edition = Edition()
        self._plugin = RolebookPlugin(lambda _: self._edition)
        self._plugin.on_startup(command="serve")
        self._server: LiveReloadServer | None = None

    def attach(self, server: LiveReloadServer) -> None:
        """Let `server` show the site, each time it has been built."""
        self._server = server
        hand_out(server, lambda: self._plugin.packs)
        server.error_handler = self._error_page

    def build(self) -> None:
        """Build the site anew; where that cannot be done, the old one stays."""
        self._number += 1
        site, docs = self._folder / str(self._number), self._folder / "docs"
        shutil.rmtree(docs, ignore_errors=True)
        docs.mkdir()
        self._edition = self._read()
        try:
            warnings = engine.run(engine.configuration(self._settings, self.handbook, docs, site, self._plugin))
        except SiteError as error:
            self._say(str(error))
            return
        for warning in warnings or ["The pages are up to date."]:
            self._say(warning)
        before, self.site = self.site, site
        if self._server:
            self._server.root = str(site)
        shutil.rmtree(before, ignore_errors=True)

    def _read(self) -> Edition:
        read = read_settings(self.handbook)
        if read.settings is None:
            return _without_settings(read)
        self._settings = read.settings
        try:
            today = settle(self._today, read.settings.today)
            own = read_overrides(self.handbook) if self._trust else NO_OVERRIDES
            return read_edition(self.handbook, today, Site.of(read.settings, own))
        except (NotAHandbook, SiteError) as error:  # a folder was taken away, or a template has a mistake
            return Edition(report=str(error), errors=1)

    def _error_page(self, code: int) -> bytes | None:
        page = self.site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _without_settings(read: ReadSettings) -> Edition:
    errors, _ = counts(read.diagnostics)
    return Edition(report="\n".join(text.report(read.diagnostics, read.lines)).strip(), errors=errors)
