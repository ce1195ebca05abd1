"""What a built site holds: its links and anchors, and what of them leads nowhere or to another host."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Content:
    """A page or a part of it: the text, the ids, the links, what it loads, and its headings in order."""

    text: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    headings: list[tuple[str, str | None, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, content_area: bool) -> None:
        super().__init__()
        self.area = content_area
        self.depth = 0 if content_area else 1
        self.heading: tuple[str, str | None] | None = None
        self.heading_text = ""
        self.raw = ""
        self.content = Content()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.area and not self.depth:
            if tag == "article" and "md-content__inner" in (found.get("class") or ""):
                self.depth = 1
            return
        if tag not in VOID:
            self.depth += self.area
        self.note(tag, found)
        if tag in ("script", "style"):
            self.raw = tag

    def note(self, tag: str, found: dict[str, str | None]) -> None:
        if found.get("id"):
            self.content.ids.append(found["id"] or "")
        match tag:
            case "a" if found.get("href"):
                self.content.links.append(found["href"] or "")
            case "link":
                kind = self.content.links if found.get("rel") in ("prev", "next", "canonical") else self.content.loads
                kind.append(found.get("href") or "")
            case "img" | "script" | "iframe" | "source" | "object" | "embed" | "video" | "audio":
                self.content.loads += [value for key in ("src", "srcset", "data") if (value := found.get(key))]
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.heading, self.heading_text = (tag, found.get("id")), ""

    def handle_endtag(self, tag: str) -> None:
        if self.raw == tag:
            self.raw = ""
        if self.heading and tag == self.heading[0]:
            self.content.headings.append((*self.heading, " ".join(self.heading_text.split())))
            self.heading = None
        if self.depth and tag not in VOID:
            self.depth -= self.area

    def handle_data(self, data: str) -> None:
        if self.depth and not self.raw:
            self.content.text += data
            self.heading_text += data


def read(html: str, *, content_area: bool = False) -> Content:
    """What stands in `html`, or in its content area alone."""
    reader = _Reader(content_area)
    reader.feed(html)
    reader.close()
    reader.content.text = " ".join(reader.content.text.split())
    return reader.content


def pages(site: Path) -> dict[str, str]:
    """The pages of a built site by their path, without the one for errors."""
    found = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }
    found.pop("404.html", None)
    return found


def broken(site: Path) -> Iterator[str]:
    """Every link within the site that leads to no file or no anchor, every id that stands twice on a page."""
    read_pages = {path: read(html) for path, html in pages(site).items()}
    for path, content in read_pages.items():
        for id in sorted({id for id in content.ids if content.ids.count(id) > 1}):
            yield f"{path}: the id '{id}' stands twice"
        for link in (*content.links, *content.loads):
            if fault := _fault(path, link, site, read_pages):
                yield f"{path}: {link}: {fault}"


def foreign(site: Path) -> Iterator[str]:
    """Everything that a page or a style sheet would fetch from another host."""
    for path, html in pages(site).items():
        for load in read(html).loads:
            if urlsplit(load).scheme or load.startswith("//"):
                yield f"{path}: {load}"
    for style in sorted(site.rglob("*.css")):
        text = style.read_text(encoding="utf-8")
        for start in ("url(http", "url(//", 'url("http', "url('http", "@import"):
            if start in text:
                yield f"{style.relative_to(site)}: {start}"


def _fault(path: str, link: str, site: Path, read_pages: dict[str, Content]) -> str | None:
    if urlsplit(link).scheme or link.startswith("//"):
        return None
    url = urlsplit(urljoin(f"http://site.invalid/{path}", link))
    target = unquote(url.path).lstrip("/")
    if not target or target.endswith("/"):
        target += "index.html"
    if target not in read_pages and not (site / target).is_file():
        return "no such file"
    if url.fragment and target in read_pages and unquote(url.fragment) not in read_pages[target].ids:
        return "no such anchor"
    return None
