"""A visitor of the built handbook: Debian's Chromium, which notes what goes wrong behind the page."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Visitor:
    """Somebody who reads the handbook in one tab, with what their browser had to complain about."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.foreign: list[str] = []
        """Addresses outside the site that were asked for."""
        self.errors: list[str] = []
        """Errors in the console, uncaught ones included, and files that could not be had."""
        page.on("request", self._requested)
        page.on("requestfailed", self._failed)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address[:2] != urlsplit(self.home)[:2]:
            self.foreign.append(request.url)

    def _failed(self, request: Request) -> None:
        left_behind = request.failure == "net::ERR_ABORTED"
        if not left_behind:
            self.errors.append(f"{request.failure}: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, path: str = "index.html") -> Page:
        """Open a page by its path in the site."""
        self.page.goto(self.home + path)
        return self.page

    @property
    def title(self) -> Locator:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1)

    @property
    def results(self) -> Locator:
        """What the search has found."""
        return self.page.locator(".md-search-result__link")

    def stop(self) -> bytes:
        """Go to the next stop of the keyboard; return what the visitor sees there."""
        self.page.keyboard.press("Tab")
        return self.page.screenshot(animations="disabled")

    def follow(self, text: str) -> None:
        """Click the first link in the content of the page that says `text`."""
        self.page.get_by_role("article").get_by_role("link", name=text, exact=True).first.click()

    def follow_into(self, folder: str) -> str:
        """Click the first link in the content of the page to a page in `folder` of the site; return its address."""
        self.page.get_by_role("article").locator(f"a[href*='{folder}/']").first.click()
        self.page.wait_for_url(f"{self.home}{folder}/**")
        return self.page.url

    def search(self, words: str) -> None:
        """Type `words` into the search field, and wait for what it finds."""
        field = self.page.get_by_role("textbox", name="Search")
        field.click()
        field.press_sequentially(words)
        self.results.first.wait_for()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as Debian ships it, started once."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS])
        yield browser
        browser.close()


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a site on a web server of this machine."""
    handler = partial(_QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a web server of this machine."""
    with serving(site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Visitor]:
    """A visitor of the site, once from the file system and once from a web server."""
    home = f"{site.as_uri()}/" if request.param == "file" else request.getfixturevalue("served")
    context = browser.new_context()
    context.set_default_timeout(30_000)
    yield Visitor(context.new_page(), home)
    context.close()
