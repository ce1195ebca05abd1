"""Where a page lies in the site, and whether the links from page to page arrive."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from rolebook.pages.page import Page
from rolebook.publishing.content import anchors

_ATTRIBUTE = re.compile(r"""\s(href|src|id)=(?:"([^"]*)"|'([^']*)')""")
_SITE = "http://handbook.invalid/1/2/3/4/5/6/7/8/"
"""Any base will do; it is deep, since `..` beyond the root of a server stays there and would seem to arrive."""
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*)*")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link of the page at `path` that does not arrive, and why."""

    path: str
    target: str
    reason: str

    def __str__(self) -> str:
        return f"page '{self.path}' links to '{self.target}': {self.reason}"


def source_name(path: str) -> str:
    """The Markdown file that stands for the page at `path`."""
    if not _NAME.fullmatch(path):
        raise ValueError(f"a page cannot lie at {path!r}")
    return f"{path}.md"


def address(path: str, *, directory_urls: bool) -> str:
    """The address of the page at `path`, relative to the site."""
    if not directory_urls:
        return f"{path}.html"
    if path == "index" or path.endswith("/index"):
        return path.removesuffix("index")
    return f"{path}/"


def broken_links(pages: Sequence[Page], *, directory_urls: bool, files: Collection[str] = ()) -> Iterator[BrokenLink]:
    """Links that lead to no page, no anchor and none of `files`; links to other places are not followed."""
    targets: dict[str, Collection[str]] = {_SITE + file: () for file in files}
    links = {}
    for page in pages:
        ids, links[page.path] = _anchors_and_links(page)
        targets[_SITE + address(page.path, directory_urls=directory_urls)] = ids
    resolve = cache(_resolve)
    for page in pages:
        here = _SITE + address(page.path, directory_urls=directory_urls)
        folder = here.rpartition("/")[0] + "/"
        for link in links[page.path]:
            way, _, anchor = link.partition("#")
            target = resolve(folder, way) if way else here
            if target is not None and (reason := _fault(target, anchor, targets)):
                yield BrokenLink(page.path, link, reason)


def _anchors_and_links(page: Page) -> tuple[Collection[str], list[str]]:
    ids, links = set(anchors(page)), []
    for html in (page.lead, *(section.body for section in page.sections)):
        for name, double, single in _ATTRIBUTE.findall(html):
            value = unescape(double or single)
            if name == "id":
                ids.add(value)
            else:
                links.append(value)
    return ids, links


def _resolve(folder: str, way: str) -> str | None:
    """Where `way` leads from a page in `folder`; None when it leads out of the site on purpose."""
    return None if urlsplit(way).scheme or way.startswith("//") else urljoin(folder, way)


def _fault(target: str, anchor: str, targets: Mapping[str, Collection[str]]) -> str | None:
    if target not in targets:
        return "there is no such page"
    if anchor and unquote(anchor) not in targets[target]:
        return "there is no such place on that page"
    return None
