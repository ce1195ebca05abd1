"""A handbook while it is being written: each edit shows, and an error takes nothing away."""

import datetime
import shutil
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from rolebook.publishing.server import Preview
from tests.site import links

ROLE = "raci/roles/service-desk-lead.yaml"


class Desk:
    """A writer at work: a handbook, its preview, and what they were told."""

    def __init__(self, handbook: Path, folder: Path) -> None:
        self.handbook = handbook
        self.told: list[str] = []
        self.preview = Preview(handbook, datetime.date(2026, 11, 22), folder, self.told.append)
        self.server = LiveReloadServer(self.preview.build, "127.0.0.1", 0, str(folder))
        self.preview.attach(self.server)
        self.build()

    def edit(self, path: str, old: str, new: str) -> str:
        """Change a file; the page of the role as the browser then gets it."""
        file = self.handbook / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return self.build()

    def build(self) -> str:
        """Build; the page of the role."""
        self.told.clear()
        self.preview.build()
        return links.pages(Path(self.server.root))["roles/service-desk-lead.html"]


@pytest.fixture
def desk(reference: Path, tmp_path: Path) -> Desk:
    """The reference handbook, being written."""
    folder = tmp_path / "preview"
    folder.mkdir()
    desk = Desk(reference, folder)
    desk.server.server_close()
    return desk


def test_an_edit_shows(desk: Desk) -> None:
    assert "Head of the Desk</h1>" in desk.edit(ROLE, "name: Service Desk Lead", "name: Head of the Desk").replace(
        '<a class="headerlink" href="#page_title" title="Permanent link">¶</a>', ""
    )
    assert desk.told == ["The pages are up to date."]


def test_a_broken_edit_is_told_and_shown_until_it_is_mended(desk: Desk) -> None:
    page = desk.edit(ROLE, "name:", "nam:")
    assert "Did you mean 'name'?" in "".join(desk.told)
    assert "findings-banner" in page
    assert "Service Desk Lead" in page
    assert "findings-banner" not in desk.edit(ROLE, "nam:", "name:")


def test_a_broken_configuration_is_told_and_shown_until_it_is_mended(desk: Desk) -> None:
    page = desk.edit("mkdocs.yml", "site_name:", "site_nam:")
    assert "Did you mean 'site_name'?" in "".join(desk.told)
    assert "findings-banner" in page
    assert "<title>Service Desk Lead - Changed" in desk.edit("mkdocs.yml", "site_nam: ", "site_name: Changed ")


def test_a_site_that_cannot_be_built_leaves_the_old_one(desk: Desk) -> None:
    page = desk.edit("mkdocs.yml", "theme: material", "theme: {name: material, logo: gone.svg}")
    assert desk.told == ["mkdocs.yml: there is no image 'process_defs/gone.svg'"]
    assert "Service Desk Lead" in page


def test_a_folder_that_is_taken_away_is_told(desk: Desk) -> None:
    shutil.rmtree(desk.handbook / "raci")
    assert "findings-banner" in desk.build()
    assert "raci/" in "".join(desk.told)


def test_one_site_is_kept(desk: Desk) -> None:
    desk.build()
    desk.build()
    assert {path.name for path in Path(desk.server.root).parent.iterdir()} == {"docs", "3"}
