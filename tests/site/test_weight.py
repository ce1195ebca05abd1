"""A page weighs the same in a large handbook as in a small one, and no more than what it says gives reason for."""

import os
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.handbooks import write_handbook
from benchmarks.measurements import AS_OF, write_tables
from rolebook.comparing.since import latest
from rolebook.loading import load

ROOT = Path(__file__).parents[2]
MANY = 1000 if os.environ.get("ROLEBOOK_FULL") else 100
FRAME = 32_000
"""The bytes of a page without its content: head, header, navigation, contents, footer."""

MOST = 4
"""The bytes of content for each byte in the files of a process: its text, again in its list and drawing, and links."""

ASSESSED = 900
"""The bytes that tell how mature a process was found."""

DRAWN = 1800
"""The bytes that draw what a KPI came to, and tell how it stands."""

LINE = 90
"""The bytes for each measurement, besides what it says."""

MARK = 240
"""The bytes for each change since the last release, which the page marks."""


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


def weights(folder: Path, processes: int) -> list[int]:
    """The size of each process page of a handbook with so many processes."""
    site = built(folder, processes)
    return [page.stat().st_size for page in (site / "processes").glob("*.html") if page.name != "index.html"]


def test_a_process_page_weighs_the_same_in_a_large_handbook(tmp_path: Path) -> None:
    small, large = (statistics.median(weights(tmp_path, count)) for count in (10, MANY))
    assert large == pytest.approx(small, rel=0.1)


def test_a_hundred_kpis_of_an_area_weigh_no_more_than_two_hundred_kilobytes(tmp_path: Path) -> None:
    site = built(tmp_path, 50, months=36)
    (page,) = (site / "programme/scorecard").glob("*.html")
    assert page.read_text("utf-8").count('<svg class="spark"') == 100
    assert page.stat().st_size <= 200_000


def test_a_process_page_weighs_no_more_than_what_it_says(site: Path) -> None:
    handbook = load(ROOT, all_releases=True).handbook
    step = latest(handbook)
    changes = Counter(change.about.reference for change in step.comparison.changes) if step and step.comparison else {}
    for page in (site / "processes").glob("*.html"):
        if page.name != "index.html":
            files = [ROOT / f"process_defs/processes/{page.stem}.yaml", ROOT / f"raci/matrices/{page.stem}.yaml"]
            content = MOST * sum(file.stat().st_size for file in files) + MARK * changes.get(page.stem, 0) + ASSESSED
            kpis, measured = handbook.processes[page.stem].kpis, handbook.measurements.get(page.stem, ())
            content += DRAWN * len(kpis) + LINE * len(measured) + sum(len(one.note or "") for one in measured)
            assert page.stat().st_size < FRAME + content, page.name
