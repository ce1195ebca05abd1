"""The handbook for programs: `handbook.json` as its schema says, and `llms.txt` as llmstxt.org describes it."""

import json
import os
import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema
import pytest

from rolebook import resources
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.values import Day
from rolebook.pages import Links, handbook_pages, navigation
from rolebook.publishing.exports import SCHEMA, exports
from rolebook.publishing.exports.schema import schema
from rolebook.source import Span, Text
from tests.conftest import ROOT
from tests.site.samples import NASTY

GIVEN = ROOT / "docs/checks/given"
HERE = Span("x.yaml", 1, 1, 1, 2)


def files(handbook: Handbook, *, directory_urls: bool = False, site_url: str | None = None) -> dict[str, bytes]:
    links = Links(directory_urls)
    return exports(handbook, handbook_pages(handbook, links), navigation(handbook), links, site_url)


def data(handbook: Handbook) -> Any:
    return json.loads(files(handbook)["handbook.json"])


@pytest.fixture(scope="module", name="given")
def _given() -> Handbook:
    return load(GIVEN).handbook


@pytest.fixture(scope="module", name="reference")
def _reference() -> Handbook:
    return load(ROOT).handbook


def closed(node: Any) -> Any:
    """A schema that takes no keys but those it knows."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: closed(value) for key, value in node.items()}
    return inner | {"additionalProperties": False} if isinstance(node.get("properties"), dict) else inner


def test_the_schema_that_lies_beside_is_made_from_the_declarations() -> None:
    path = resources.templates() / "exports" / SCHEMA
    made = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("ROLEBOOK_BLESS"):
        path.write_text(made, "utf-8", newline="\n")
    assert path.read_text("utf-8") == made, f"accept it with: ROLEBOOK_BLESS=1 pytest {Path(__file__).name}"
    jsonschema.Draft7Validator.check_schema(schema())


@pytest.mark.parametrize("name", ["given", "reference"])
def test_the_data_are_as_the_schema_says_with_no_other_keys(name: str, request: pytest.FixtureRequest) -> None:
    found = data(request.getfixturevalue(name))
    errors = jsonschema.Draft7Validator(closed(schema())).iter_errors(found)
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("roles", "agent", "name"), None),
        (("roles", "agent", "deputies"), "specialist"),
        (("processes", "incident", "kpis", 0, "target", "value"), "four"),
        (("improvements", "swarming", "status"), "finished"),
    ],
)
def test_the_schema_refuses_what_is_not_so(given: Handbook, path: tuple[str | int, ...], value: object) -> None:
    found = deepcopy(data(given))
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not jsonschema.Draft7Validator(schema()).is_valid(found)


def test_every_key_of_the_schema_is_explained() -> None:
    untold = [
        (name, key)
        for name, node in schema()["definitions"].items()
        for key, value in node["properties"].items()
        if not value["description"]
    ]
    assert untold == []


def test_every_entity_stands_under_its_id(reference: Handbook) -> None:
    found = data(reference)
    for part in ("functions", "role_kinds", "roles", "processes", "matrices", "jobs", "plans", "improvements"):
        assert list(found[part]) == list(getattr(reference, part))
        assert all(entity["id"] == id for id, entity in found[part].items())
    assert set(found["glossary"]) == {term.id for term in reference.glossary.terms}


def test_what_an_author_left_out_is_there_as_nothing(given: Handbook) -> None:
    agent = data(given)["roles"]["agent"]
    assert agent["merged_into"] is None
    assert agent["history"] == []


def test_an_improvement_says_how_far_it_has_come_and_in_which_release(given: Handbook) -> None:
    release = Release(
        id=Text("1.0.0", HERE),
        date=Day(2026, 6, 30),
        improvements=(Text("swarming", HERE),),
        digest=Text("", HERE),
        span=HERE,
    )
    released = replace(given, releases=MappingProxyType({"1.0.0": release}))
    found = [data(handbook)["improvements"]["swarming"] for handbook in (given, released)]
    assert [(one["status"], one["standing"], one["released_in"]) for one in found] == [
        ("achieved", "achieved", None),
        ("achieved", "institutionalised", "1.0.0"),
    ]


def test_rows_of_a_matrix_stand_under_their_activities(given: Handbook) -> None:
    rows = data(given)["matrices"]["incident"]["rows"]
    assert list(rows) == [row.activity for row in given.matrices["incident"].rows]
    assert all(list(row) == ["R", "A", "C", "I"] for row in rows.values())


@pytest.mark.parametrize("directory_urls", [False, True])
def test_every_address_is_that_of_a_page_and_a_place_on_it(reference: Handbook, directory_urls: bool) -> None:
    links = Links(directory_urls)
    there = set()
    for page in handbook_pages(reference, links):
        url = links.href("index", page.path)
        html = "".join([page.lead, *(section.body for section in page.sections)])
        ids = {section.id for section in page.sections} | set(re.findall(r'\sid="([^"]+)"', html))
        there |= {url} | {f"{url}#{id}" for id in ids}
    found = addresses(json.loads(files(reference, directory_urls=directory_urls)["handbook.json"]))
    assert len(found) > 500
    assert [url for url in found if url not in there] == []


def addresses(node: Any) -> list[str]:
    if isinstance(node, list):
        return [url for item in node for url in addresses(item)]
    if not isinstance(node, dict):
        return []
    own = [node["url"]] if isinstance(node.get("url"), str) else []
    return own + [url for value in node.values() for url in addresses(value)]


def test_the_same_handbook_gives_the_same_bytes(reference: Handbook) -> None:
    assert files(reference) == files(load(ROOT).handbook)


def test_an_entity_stands_on_a_line(given: Handbook) -> None:
    lines = files(given)["handbook.json"].decode().splitlines()
    assert sum(line.startswith('"agent":{"id":"agent"') for line in lines) == 1


def renamed(handbook: Handbook, name: str) -> Handbook:
    agent = replace(handbook.roles["agent"], name=Text(name, HERE), purpose=Text(f"{name}\n\n## {name}", HERE))
    return replace(handbook, roles=MappingProxyType({**handbook.roles, "agent": agent}))


@pytest.mark.parametrize("text", NASTY)
def test_any_text_comes_back_from_the_data_as_it_was_written(given: Handbook, text: str) -> None:
    assert data(renamed(given, text))["roles"]["agent"]["name"] == text


@pytest.mark.parametrize("text", NASTY)
def test_no_text_adds_a_line_or_a_link_to_the_guide_for_models(given: Handbook, text: str) -> None:
    usual, changed = (files(book)["llms.txt"].decode() for book in (given, renamed(given, text)))
    assert len(changed.splitlines()) == len(usual.splitlines())
    assert re.sub(r"\\.", "", changed).count("](") == re.sub(r"\\.", "", usual).count("](")
    assert changed.count("\n## ") == usual.count("\n## ")


def test_the_guide_for_models_has_the_parts_that_they_look_for(given: Handbook) -> None:
    lines = files(given)["llms.txt"].decode().splitlines()
    assert lines[0] == f"# {given.organisation.handbook}"
    assert lines[2].startswith("> ")
    heads = [line for line in lines if line.startswith("## ")]
    assert heads[0] == "## Overview"
    assert heads[-1] == "## Optional"
    assert all(re.fullmatch(r"- \[.+\]\([^ ]+\): .+", line) for line in lines if line.startswith("- "))


def test_the_guide_for_models_leads_to_every_page(given: Handbook) -> None:
    text = files(given)["llms.txt"].decode()
    for page in handbook_pages(given, Links(directory_urls=False)):
        assert f"({page.path}.html)" in text


def test_the_guide_for_models_gives_whole_addresses_where_the_site_has_one(given: Handbook) -> None:
    text = files(given, site_url="https://handbook.example.org/it", directory_urls=True)["llms.txt"].decode()
    assert "(https://handbook.example.org/it/roles/agent/)" in text
    assert "(https://handbook.example.org/it/handbook.json)" in text


def test_the_guide_names_every_part_of_the_data(given: Handbook) -> None:
    guide = (ROOT / "docs/guide/handbook-json.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE) == list(data(given))


def test_the_example_of_the_guide_is_taken_from_the_reference_handbook(reference: Handbook) -> None:
    guide = (ROOT / "docs/guide/handbook-json.md").read_text("utf-8")
    example = json.loads(re.findall(r"^```json\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)[0])
    assert is_part(example, data(reference))


def is_part(part: Any, whole: Any) -> bool:
    if not isinstance(part, dict):
        return bool(part == whole)
    return all(key in whole and is_part(value, whole[key]) for key, value in part.items())
