"""The home page says as much of a large handbook as fits: areas instead of processes, functions instead of roles."""

import dataclasses
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages import home
from rolebook.pages.page import Page
from rolebook.rendering import Links
from rolebook.source import Text

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    """The reference handbook."""
    return load(ROOT).handbook


def page(handbook: Handbook) -> Page:
    (only,) = home.pages(handbook, Links(directory_urls=False))
    return only


def body(page: Page) -> str:
    return "".join(section.body for section in page.sections)


def with_many(handbook: Handbook, kind: str, count: int) -> Handbook:
    """The handbook with one of its processes or roles as many times."""
    entities = getattr(handbook, kind)
    one = next(entity for entity in entities.values() if kind == "processes" or entity.active)
    more = {f"x{number}": dataclasses.replace(one, id=f"x{number}", name=f"X{number}") for number in range(count)}
    return dataclasses.replace(handbook, **{kind: {**entities, **more}})  # type: ignore[arg-type]  # a field by its name


def test_it_names_every_role_by_function_and_every_process_by_area(handbook: Handbook) -> None:
    html = body(page(handbook))
    assert all(f'href="processes/{id}.html"' in html for id in handbook.processes)
    assert all(f'href="roles/{id}.html"' in html for id, role in handbook.roles.items() if role.active)


def test_it_leads_to_the_guides_as_far_as_there_are_any(handbook: Handbook) -> None:
    lead = page(handbook).lead
    assert all(f'href="pages/{id}.html"' in lead for id in handbook.pages)
    assert "pages/index.html" not in lead
    assert 'href="pages/' not in page(dataclasses.replace(handbook, pages={})).lead
    one = next(iter(handbook.pages.values()))
    many = {id: dataclasses.replace(one, id=Text(id, one.id.span)) for id in (f"x{number}" for number in range(9))}
    lead = page(dataclasses.replace(handbook, pages=many)).lead
    assert lead.count('href="pages/x') == 6
    assert '<a href="pages/index.html">3 more</a>' in lead


def test_of_many_roles_it_tells_how_many_each_function_has(handbook: Handbook) -> None:
    html = body(page(with_many(handbook, "roles", 200)))
    assert 'href="roles/' not in html
    assert "roles</span>" in html


def test_of_many_processes_it_leads_to_all_of_an_area(handbook: Handbook) -> None:
    one = next(iter(handbook.processes.values()))
    html = body(page(with_many(handbook, "processes", 200)))
    assert f'href="processes/index.html#area_{one.area}"' in html
    assert 'href="processes/x1.html"' not in html
    assert '<svg class="ring"' not in html


def test_the_ring_and_its_table_show_who_hands_over_to_whom(handbook: Handbook) -> None:
    (section,) = (section for section in page(handbook).sections if section.id == "section_handover")
    assert section.body.count('class="ring-place') == len(handbook.processes)
    assert section.body.count("<tr>") == len(handbook.processes) + 1
