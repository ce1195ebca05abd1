"""What a built site holds: its pages, links and anchors, and what of them leads nowhere or to another host."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
REFERRING = ("aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "for", "form", "headers", "list")
"""Attributes that name other elements of the page by their ids."""

PACKS = "packs/"
"""Where the training packs of a site lie."""

NAMING = {
    "handbook.json": r'"url": ?"([^"]*)"',
    "llms.txt": r"\]\(([^)\s]*)\)",
    "search/search_index.json": r'"location": ?"([^"]*)"',
    "assets/javascripts/rolebook/names/*.js": r'^\["(?:[^"\\]|\\.)*","([^"]*)"',
}
"""Files that give addresses within the site, and how these are found in them."""

_IN_STYLE = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")


@dataclass
class Content:
    """A page or a part of it: the text, the ids and those referred to, the links, what it loads, and its headings."""

    text: str = ""
    ids: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
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
        self.content.referred += [id for name in REFERRING for id in (found.get(name) or "").split()]
        self.content.referred += re.findall(r"url\(#([^)]+)\)", " ".join(filter(None, found.values())))
        match tag:
            case "a" | "area" | "option" | "use":
                links = (found.get(key) for key in ("href", "xlink:href", "data-href"))
                self.content.links += filter(None, links)
            case "link":
                kind = self.content.links if found.get("rel") in ("prev", "next", "canonical") else self.content.loads
                kind.append(found.get("href") or "")
            case "img" | "image" | "script" | "iframe" | "source" | "object" | "embed" | "video" | "audio":
                loads = (found.get(key) for key in ("src", "href", "xlink:href", "data", "poster"))
                self.content.loads += filter(None, loads)
                self.content.loads += [part.split()[0] for part in (found.get("srcset") or "").split(",") if part]
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
    """The pages of a built site by their path, without the one for errors and the packs, which have no frame."""
    return {path: html for path, html in _all(site).items() if path != "404.html" and not path.startswith(PACKS)}


def packs(site: Path) -> dict[str, str]:
    """The training packs of a built site by their path."""
    return {path: html for path, html in _all(site).items() if path.startswith(PACKS)}


PROCEDURE = "procedure.html"


def _all(site: Path) -> dict[str, str]:
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in files}


def kinds(site: Path) -> list[str]:
    """A page of every kind: those at the top, and of each folder its index and a page of middling size."""
    found = [path for path in site.glob("*.html") if path.name != "404.html"]
    for pages in folders(site):
        others = sorted((path for path in pages if path.name != "index.html"), key=_size)
        found += [path for path in pages if path.name == "index.html"] + others[len(others) // 2 :][:1]
    return sorted(path.relative_to(site).as_posix() for path in found)


def largest(site: Path) -> list[str]:
    """The largest page of each folder."""
    return [max(pages, key=_size).relative_to(site).as_posix() for pages in folders(site)]


def folders(site: Path) -> list[list[Path]]:
    """The pages below the top by the folder that they lie in; the folders of the procedures count as one."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(site.glob("*/**/*.html")):
        parts = path.relative_to(site).parts
        if parts[0] not in ("assets", "packs"):
            folder = path.parent.parent if path.name == PROCEDURE else path.parent
            found.setdefault(folder / PROCEDURE if path.name == PROCEDURE else folder, []).append(path)
    return [*found.values()]


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, path.name


def broken(site: Path) -> Iterator[str]:
    """Every link within the site that leads to no file or no anchor, every id that a page lacks or has twice."""
    read_pages = {path: read(html) for path, html in _all(site).items()}
    for path, content in read_pages.items():
        for id, times in Counter(content.ids).items():
            if times > 1:
                yield f"{path}: the id '{id}' stands twice"
        for id in sorted({*content.referred} - {*content.ids}):
            yield f"{path}: no element has the id '{id}'"
        for link in (*content.links, *content.loads):
            if fault := _fault(path, link, site, read_pages):
                yield f"{path}: {link}: {fault}"
    for path, base, link in (*_named(site), *_styled(site)):
        if fault := _fault(base, link, site, read_pages):
            yield f"{path}: {link}: {fault}"


def _named(site: Path) -> Iterator[tuple[str, str, str]]:
    """The addresses in files for programs and scripts: the file, what they are relative to, the address."""
    for name, pattern in NAMING.items():
        for file in sorted(site.glob(name)):
            for link in re.findall(pattern, file.read_text(encoding="utf-8"), re.MULTILINE):
                yield file.relative_to(site).as_posix(), "", json.loads(f'"{link}"')


def _styled(site: Path) -> Iterator[tuple[str, str, str]]:
    """What style sheets load, in the same form."""
    for file in sorted(site.rglob("*.css")):
        path = file.relative_to(site).as_posix()
        for link in _IN_STYLE.findall(file.read_text(encoding="utf-8")):
            yield path, path, link


def foreign(site: Path) -> Iterator[str]:
    """Everything that a page, a pack or a style sheet would fetch from another host."""
    for path, html in (pages(site) | packs(site)).items():
        for load in read(html).loads:
            if urlsplit(load).scheme or load.startswith("//"):
                yield f"{path}: {load}"
    for style in sorted(site.rglob("*.css")):
        text = style.read_text(encoding="utf-8")
        for start in ("url(http", "url(//", 'url("http', "url('http", "@import"):
            if start in text:
                yield f"{style.relative_to(site)}: {start}"


def _fault(path: str, link: str, site: Path, read_pages: Mapping[str, Content]) -> str | None:
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
