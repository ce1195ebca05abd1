"""A page weighs the same in a large handbook as in a small one, and no more than what it says gives reason for."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.handbooks import write_handbook
from benchmarks.measurements import AS_OF, write_tables
from rolebook.loading import load

ROOT = Path(__file__).parents[2]
MANY = 1000 if os.environ.get("ROLEBOOK_FULL") else 100
MOST = 120_000
"""The bytes that the HTML of a page of a process may have, uncompressed."""


def built(folder: Path, processes: int, months: int = 0) -> Path:
    """The site of a handbook with so many processes, the KPIs of which were measured for so many months."""
    handbook, site = folder / f"handbook-{processes}", folder / f"site-{processes}"
    write_handbook(handbook, processes)
    if months:
        write_tables(handbook, processes, months)
    settings = "site_name: Large Works\ntheme: material\nplugins: [search, rolebook]\n"
    (handbook / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "rolebook", "--directory", str(handbook), "build", "--output", str(site)]
    subprocess.run([*command, "--today", AS_OF], check=True, capture_output=True)
    return site


def of_processes(site: Path) -> dict[Path, int]:
    """The size of each process page and of each procedure."""
    return {page: page.stat().st_size for page in (site / "processes").rglob("*.html") if page.name != "index.html"}


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[Path, int]]:
    """Those of a handbook with ten processes, and of one with many."""
    return [of_processes(built(tmp_path_factory.mktemp("weight"), count)) for count in (10, MANY)]


@pytest.mark.parametrize("is_procedure", [False, True], ids=["process", "procedure"])
def test_a_page_of_a_process_weighs_the_same_in_a_large_handbook(
    sizes: list[dict[Path, int]], is_procedure: bool
) -> None:
    small, large = (
        statistics.median(size for page, size in found.items() if (page.name == "procedure.html") == is_procedure)
        for found in sizes
    )
    assert large == pytest.approx(small, rel=0.1)


def test_a_hundred_kpis_of_an_area_weigh_no_more_than_two_hundred_kilobytes(tmp_path: Path) -> None:
    site = built(tmp_path, 50, months=36)
    (page,) = (site / "programme/scorecard").glob("*.html")
    assert page.read_text("utf-8").count('<svg class="spark"') == 100
    assert page.stat().st_size <= 200_000


def test_no_page_of_a_process_weighs_more_than_a_hundred_and_twenty_kilobytes(site: Path) -> None:
    pages = of_processes(site)
    assert len(pages) == 2 * len(load(ROOT).handbook.processes)
    assert {page.relative_to(site).as_posix(): size for page, size in pages.items() if size >= MOST} == {}
