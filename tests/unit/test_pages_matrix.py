"""The whole matrix: what each role carries, and into which pages a large one is cut."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from rolebook.loading import load
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.pages import Links, Page, handbook_pages, navigation
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
HERE = Span("x.yaml", 1, 1, 1, 2)


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(GIVEN).handbook


def matrices(handbook: Handbook) -> dict[str, Page]:
    pages = handbook_pages(handbook, Links(directory_urls=False))
    return {page.path: page for page in pages if page.kind == "matrix"}


def body(page: Page, section: str) -> str:
    return str(next(s.body for s in page.sections if s.id == section))


def load_of(page: Page, role: str) -> list[str]:
    """The cells that tell the load of a role, without their markup."""
    row = re.search(rf'<tr><th scope="row"><a href="[^"]*{role}.html">.*?</tr>', body(page, "section_load"), re.DOTALL)
    assert row
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row[0], re.DOTALL)]


def grown(handbook: Handbook, areas: dict[str, int]) -> Handbook:
    """A handbook with so many processes in each area, which are all alike."""
    processes, rows = {}, {}
    for area, number in areas.items():
        for id in (Text(f"{area}-{n}", HERE) for n in range(1, number + 1)):
            name, within = Text(f"{area} {id.rpartition('-')[2]}", HERE), Text(area, HERE)
            one = replace(handbook.processes["incident"], id=id, name=name, area=within, takes=(), hands_over=())
            processes[str(id)] = one
            rows[str(id)] = replace(handbook.matrices["incident"], id=id)
    named = (replace(handbook.organisation.areas[0], id=Text(area, HERE), name=Text(area, HERE)) for area in areas)
    return replace(
        handbook,
        organisation=replace(handbook.organisation, areas=tuple(named)),
        processes=MappingProxyType(dict(handbook.processes) | processes),
        matrices=MappingProxyType(dict(handbook.matrices) | rows),
    )


def test_a_role_is_told_how_often_it_has_each_letter_in_all_and_in_each_process(handbook: Handbook) -> None:
    in_all = ["3", "", "", "1"]
    assert load_of(matrices(handbook)["matrix"], "agent") == [
        handbook.roles["agent"].name,
        *in_all,
        "I&nbsp;1",
        "R&nbsp;3",
    ]


def test_whoever_is_accountable_for_more_than_the_limit_is_marked(handbook: Handbook) -> None:
    limits = replace(handbook.check_settings.limits, accountable=v.Whole(3))
    strict = replace(handbook, check_settings=replace(handbook.check_settings, limits=limits))
    role = handbook.roles["incident-manager"].name
    assert load_of(matrices(handbook)["matrix"], "incident-manager")[0] == role
    assert load_of(matrices(strict)["matrix"], "incident-manager")[0] == f"{role} accountable for too much"


def test_every_role_and_party_of_the_lines_can_be_chosen_in_the_filter(handbook: Handbook) -> None:
    page = matrices(handbook)["matrix"]
    linked = {href for s in page.sections[1:] for href in re.findall(r'<td>.*?href="([^"]*)"', str(s.body))}
    assert linked
    assert linked <= set(re.findall(r'data-href="([^"]*)"', str(page.lead)))


def test_a_large_matrix_is_cut_by_area_and_a_large_area_into_parts(handbook: Handbook) -> None:
    large = grown(handbook, {"service-support": 3, "delivery": 60})
    assert set(matrices(large)) == {"matrix", "matrix/service-support", "matrix/delivery/1", "matrix/delivery/2"}


def test_of_a_large_matrix_every_process_stands_on_one_page(handbook: Handbook) -> None:
    large = grown(handbook, {"service-support": 3, "delivery": 60})
    stand = [s.id for page in matrices(large).values() for s in page.sections if "_" not in s.id]
    assert sorted(stand) == sorted(large.processes)


def test_the_first_page_of_a_large_matrix_leads_to_every_process(handbook: Handbook) -> None:
    large = grown(handbook, {"service-support": 3, "delivery": 60})
    leaves = body(matrices(large)["matrix"], "section_leaves")
    assert 'href="matrix/delivery/2.html#delivery-60"' in leaves
    assert len(re.findall(r"\.html#", leaves)) == len(large.processes)


def test_the_navigation_names_the_parts_of_a_large_matrix(handbook: Handbook) -> None:
    chapters = {
        chapter.path: chapter for chapter in navigation(grown(handbook, {"service-support": 3, "delivery": 60}))
    }
    assert [part.title for part in chapters["matrix"].parts] == [
        "service-support",
        "delivery, delivery 1 to delivery 50",
        "delivery, delivery 51 to delivery 60",
    ]


def test_the_first_page_tells_the_load_in_the_whole_handbook_and_a_part_its_own(handbook: Handbook) -> None:
    large = grown(handbook, {"service-support": 0, "delivery": 60})
    pages = matrices(large)
    assert [load_of(pages[path], "agent")[1] for path in ("matrix", "matrix/delivery/1")] == [str(3 * 61), str(3 * 50)]
    assert "in the processes of this page" in body(pages["matrix/delivery/1"], "section_load")
