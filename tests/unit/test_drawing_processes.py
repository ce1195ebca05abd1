"""The flow of a process as shapes for drawing, and the drawing as it is printed."""

from pathlib import Path

import pytest
from markupsafe import escape

from benchmarks.charts import WORDS
from rolebook.drawing.lanes import draw
from rolebook.drawing.shapes import END, Chart, Exit, Lane, Node, Partner
from rolebook.loading import load
from rolebook.model.flow import ways_on
from rolebook.model.partners import passages_by_process, responsible
from rolebook.pages.lanes import chart
from rolebook.pages.linking import Linker
from rolebook.pages.page import Page
from rolebook.pages.process import pages
from rolebook.rendering import Blocks, Links

HANDBOOK = load(Path(__file__).parents[2]).handbook
PAGES = {page.title: page for page in pages(HANDBOOK, Links())}


def shapes(process_id: str) -> Chart:
    link = Linker(HANDBOOK, Links(), f"processes/{process_id}")
    return chart(HANDBOOK, link, HANDBOOK.processes[process_id])


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
def test_whatever_passes_in_or_out_is_told_at_the_edges(id: str) -> None:
    page = PAGES[HANDBOOK.processes[id].name]
    body = {section.id: section.body for section in page.sections}
    passages = passages_by_process(HANDBOOK)[id]
    for own, side, word in (("taken", "giver", "from"), ("given", "taker", "to")):
        for passage in getattr(passages, own):
            anchor = f"{word}_{getattr(passage, side).replace('/', '_')}"
            assert passage.transfer
            told = body[f"section_{own}"].partition(f'<tbody id="{anchor}">')[2].partition("</tbody>")[0]
            assert escape(passage.transfer.name) in told
            if activity := (passage.at if own == "taken" else passage.after):
                node = next(node for node in shapes(id).nodes if f"{id}/{node.id}" == activity)
                assert f"#{anchor}" in [partner.href for partner in (*node.comes, *node.goes)]


@pytest.mark.parametrize("id", HANDBOOK.processes)
def test_the_page_shows_the_drawing_and_the_list(id: str) -> None:
    body = flow(PAGES[HANDBOOK.processes[id].name])
    assert body.count('class="lane-node"') == len(HANDBOOK.processes[id].activities)
    assert body.index("<svg") < body.index('<ol class="flow" id="flow_list">')


@pytest.mark.parametrize("text", WORDS)
def test_text_of_authors_is_text_in_the_drawing(text: str) -> None:
    partners = (Partner(text, text),)
    node = Node(text, 0, text, text, (Exit(text, (END,)),), text, True, partners, partners, (text,))
    view = {"drawing": draw(Chart((Lane(text, text, text),), (node,), text, text)), "process": {"name": text}}
    printed = Blocks("process", view={**view, "activities": ()}).render("section_flow")
    assert "<script>" not in printed
    assert printed.count("</svg>") == printed.count("<svg")
    assert escape(text) in printed
