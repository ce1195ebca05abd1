"""The pages of courses are valid HTML, whatever stands in them."""

from pathlib import Path
from zipfile import ZipFile

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages.scorm import course, wanted
from rolebook.publishing.scorm.package import package
from rolebook.rendering import Look
from tests.conftest import ROOT
from tests.site.hostile import Hostile
from tests.site.test_html import findings

ROLES = ("service-desk-analyst", "it-director")


def unpacked(handbook: Handbook, folder: Path) -> list[Path]:
    """The pages of courses for a few roles, and for a module."""
    plan = next(iter(handbook.plans.values()))
    for name in (*ROLES, f"{plan.id}/{plan.modules[0].id}"):
        made = course(handbook, wanted(handbook, name), Look())
        file = folder / f"{made.name}.zip"
        file.write_bytes(package(made, Look()))
        with ZipFile(file) as archive:
            archive.extractall(folder / made.name)
    return sorted(folder.rglob("*.html"))


def test_courses_of_the_reference_handbook_are_valid(tmp_path: Path) -> None:
    pages = unpacked(load(ROOT).handbook, tmp_path)
    assert len(pages) > 6
    assert findings(pages) == []


def test_courses_of_a_hostile_handbook_are_valid(hostile: Hostile, tmp_path: Path) -> None:
    found = findings(unpacked(hostile.handbook(), tmp_path))
    assert [one for one in found if ": long-title: " not in one] == []  # titles are as long as authors write them
