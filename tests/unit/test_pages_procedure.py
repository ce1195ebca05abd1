"""The procedure of a process: each activity in full, in the order of its file, and all hand-offs by partner."""

import re
from pathlib import Path

import pytest
from markupsafe import escape

from rolebook.loading import load
from rolebook.model.partners import passages_by_process
from rolebook.pages.linking import Linker
from rolebook.pages.places import place
from rolebook.pages.procedure import pages
from rolebook.rendering import Links

HANDBOOK = load(Path(__file__).parents[2]).handbook
LINKS = Links(directory_urls=False)
BY_PATH = {page.path: page for page in pages(HANDBOOK, LINKS)}

each_process = pytest.mark.parametrize("id", HANDBOOK.processes)


@each_process
def test_it_has_every_activity_with_all_its_steps_in_the_order_of_the_file(id: str) -> None:
    activities = HANDBOOK.processes[id].activities
    sections = {section.id: section for section in BY_PATH[f"processes/{id}/procedure"].sections}
    assert [section for section in sections if not section.startswith("section_")] == [one.id for one in activities]
    for activity in activities:
        section = sections[activity.id]
        assert section.heading == activity.name
        assert section.source == activity.span
        assert re.findall("<li>(.*?)</li>", section.body)[-len(activity.steps) :] == [
            str(escape(step)) for step in activity.steps
        ]


@each_process
def test_whatever_passes_is_told_with_its_partner(id: str) -> None:
    sections = {section.id: section.body for section in BY_PATH[f"processes/{id}/procedure"].sections}
    passages = passages_by_process(HANDBOOK)[id]
    for own, side, word in (("taken", "giver", "from"), ("given", "taker", "to")):
        assert getattr(passages, own)
        for passage in getattr(passages, own):
            assert passage.transfer
            anchor = f"{word}_{getattr(passage, side).replace('/', '_')}"
            told = sections[f"section_{own}"].partition(f'<tbody id="{anchor}">')[2].partition("</tbody>")[0]
            assert escape(passage.transfer.name) in told


def test_whatever_names_an_activity_or_a_hand_off_leads_there() -> None:
    link = Linker(HANDBOOK, LINKS, "roles/index")
    for process in HANDBOOK.processes.values():
        anchors = {section.id for section in BY_PATH[f"processes/{process.id}/procedure"].sections}
        for activity in process.activities:
            reference = f"{process.id}/{activity.id}"
            assert place("activity", reference) == (f"processes/{process.id}/procedure", activity.id)
            assert activity.id in anchors
            assert link.href("activity", reference) == f"../processes/{process.id}/procedure.html#{activity.id}"
        for handed in process.hands_over:
            assert place("hand-off", f"{process.id}/{handed.id}") == (f"processes/{process.id}/procedure", handed.id)
