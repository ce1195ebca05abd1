"""The flow of a process as shapes for drawing, and the drawing as it is printed."""

import re
from pathlib import Path

import pytest
from markupsafe import escape

from benchmarks.charts import WORDS
from rolebook.drawing.lanes import draw
from rolebook.drawing.shapes import END, Chart, Exit, Lane, Node
from rolebook.loading import load
from rolebook.model.flow import ways_on
from rolebook.model.partners import passages_by_process, responsible
from rolebook.pages.lanes import chart
from rolebook.pages.linking import Linker, name_of
from rolebook.pages.page import Page
from rolebook.pages.process import pages
from rolebook.rendering import Blocks, Links

HANDBOOK = load(Path(__file__).parents[2]).handbook
PAGES = {page.title: page for page in pages(HANDBOOK, Links())}


def shapes(process_id: str) -> Chart:
    link = Linker(HANDBOOK, Links(), f"processes/{process_id}")
    return chart(HANDBOOK, link, HANDBOOK.processes[process_id])


def section_flow(given: Chart, name: str = "") -> str:
    view = {"drawing": draw(given), "process": {"name": name}, "activities": ()}
    return Blocks("process", view=view).render("section_flow")


def flow(page: Page) -> str:
    return next(section.body for section in page.sections if section.id == "section_flow")


@pytest.mark.parametrize("id", HANDBOOK.processes)
def test_each_activity_stands_in_the_lane_of_the_first_role_responsible(id: str) -> None:
    drawn = shapes(id)
    assert [drawn.lanes[node.lane].key for node in drawn.nodes] == [
        responsible(HANDBOOK, f"{id}/{activity.id}")[0] for activity in HANDBOOK.processes[id].activities
    ]


@pytest.mark.parametrize("id", HANDBOOK.processes)
def test_every_way_on_is_in_the_chart(id: str) -> None:
    ways = ways_on(HANDBOOK.processes[id])
    for node in shapes(id).nodes:
        wanted = ["" if way.target == "end" else way.target for way in ways[node.id]]
        assert [target for way in node.exits for target in way.targets] == wanted


@pytest.mark.parametrize("id", HANDBOOK.processes)
def test_whatever_passes_in_or_out_of_an_activity_is_named_at_the_edges(id: str) -> None:
    passages = passages_by_process(HANDBOOK)[id]
    for node in shapes(id).nodes:
        activity = f"{id}/{node.id}"
        assert set(node.comes) == {name_of(HANDBOOK, one.giver) for one in passages.taken if one.at == activity}
        assert set(node.goes) == {name_of(HANDBOOK, one.taker) for one in passages.given if one.after == activity}
        assert len({*node.comes}) == len(node.comes)
        assert len({*node.goes}) == len(node.goes)


def test_a_note_is_one_link_to_the_activity_that_tells_what_passes() -> None:
    node = Node("a", 0, "A", "procedure#a", (Exit("", (END,)),), comes=("Suppliers", "Major users"), goes=("Projects",))
    printed = section_flow(Chart((Lane("Analyst", "", "analyst"),), (node,)))
    notes = re.findall(r'<a href="([^"]*)"><rect[^>]*>(<text.*?</text>)</a>', printed.partition('class="lane-node"')[0])
    assert [(href, re.sub("<.*?>", "", names)) for href, names in notes] == [
        ("procedure#a", "Suppliers, Major users"),
        ("procedure#a", "Projects"),
    ]


def test_words_on_several_lines_are_read_as_words() -> None:
    long = "Find out together with everybody concerned who can help"
    node = Node("a", 0, long, "#a", (Exit(f"{long}, or nobody can", (END,)),), comes=("Service Level Management",))
    printed = section_flow(Chart((Lane(f"{long} and support", "", "analyst"),), (node,)))
    texts = [re.sub("<.*?>", "", text) for text in re.findall("<text.*?</text>", printed) if "<tspan" in text]
    end = "→\N{NO-BREAK SPACE}end"
    assert texts == [f"{long} and support", "Service Level Management", long, f"{long}, or nobody can {end}"]


@pytest.mark.parametrize("id", HANDBOOK.processes)
def test_the_page_shows_the_drawing_and_the_list(id: str) -> None:
    body = flow(PAGES[HANDBOOK.processes[id].name])
    assert body.count('class="lane-node"') == len(HANDBOOK.processes[id].activities)
    assert body.index("<svg") < body.index('<ol class="flow" id="flow_list">')


@pytest.mark.parametrize("text", WORDS)
def test_text_of_authors_is_text_in_the_drawing(text: str) -> None:
    partners = (text, text)
    node = Node(text, 0, text, text, (Exit(text, (END,)),), text, True, partners, partners, (text,))
    printed = section_flow(Chart((Lane(text, text, text),), (node,), text, text), text)
    assert "<script>" not in printed
    assert printed.count("</svg>") == printed.count("<svg")
    assert escape(text) in printed
