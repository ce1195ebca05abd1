"""The pages of the small handbook, compared with those that somebody has looked at and found right.

`ROLEBOOK_BLESS=1 pytest tests/golden` accepts the pages as they are now; read the difference before you commit it.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from rolebook.loading import load
from rolebook.pages import Chapter, Links, Page, handbook_pages, navigation

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
EXPECTED = Path(__file__).parent / "expected"
ADVICE = "look at the difference, then accept it with: ROLEBOOK_BLESS=1 pytest tests/golden"


def as_file(page: Page) -> str:
    """A page with all that belongs to it."""
    parts = [
        Markup("<title>{}</title>").format(page.title),
        Markup('<meta name="description" content="{}">').format(page.description),
        Markup("<!-- {} {} -->").format(page.kind, page.source.path if page.source else "no source"),
        page.lead,
    ]
    for section in page.sections:
        source = f"{section.source.path}:{section.source.line}" if section.source else "no source"
        parts += [
            Markup("\n<!-- {} -->").format(source),
            Markup('<h{0} id="{1}">{2}</h{0}>').format(section.level, section.id, section.heading),
            section.body,
        ]
    return "\n".join(part.rstrip() for part in parts) + "\n"


def outline(chapters: Sequence[Chapter], depth: int = 0) -> Iterator[str]:
    """The navigation, a line a chapter."""
    for chapter in chapters:
        yield f"{'  ' * depth}{escape(chapter.title)}: {chapter.path or '-'}"
        yield from outline(chapter.parts, depth + 1)


def made() -> dict[str, str]:
    """The files that the small handbook gives."""
    handbook = load(GIVEN).handbook
    pages = handbook_pages(handbook, Links(directory_urls=False))
    files = {f"{page.path}.html": as_file(page) for page in pages}
    return files | {"navigation.txt": "\n".join(outline(navigation(handbook))) + "\n"}


def accepted() -> dict[str, str]:
    """The files that were accepted."""
    files = (path for path in sorted(EXPECTED.rglob("*")) if path.is_file())
    return {path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8") for path in files}


def bless(files: dict[str, str]) -> None:
    for name in accepted().keys() - files.keys():
        (EXPECTED / name).unlink()
    for name, text in files.items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def test_the_pages_are_those_that_were_accepted() -> None:
    files = made()
    if os.environ.get("ROLEBOOK_BLESS"):
        bless(files)
    expected = accepted()
    assert sorted(files) == sorted(expected), ADVICE
    for name, text in files.items():
        assert text == expected[name], f"{name} has changed: {ADVICE}"


def test_the_same_handbook_gives_the_same_pages() -> None:
    assert made() == made()
