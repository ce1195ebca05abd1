"""The part of a role at a glance: nothing lies over another, and what is drawn is what passes."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.charts import WORDS
from rolebook.drawing.bridge import SMALL, TEXT, Bridge, bridge
from rolebook.drawing.metrics import width
from rolebook.loading import load
from rolebook.model.partners import NONE, passages_by_role
from rolebook.pages import Links, handbook_pages
from rolebook.pages.glance import MOST

ROOT = Path(__file__).parents[2]
HANDBOOK = load(ROOT).handbook
PAGES = {page.path: page for page in handbook_pages(HANDBOOK, Links(directory_urls=False))}


def drawn(seed: int) -> Bridge:
    chance = random.Random(seed)
    left, middle, right = ([chance.choice(WORDS) for _ in range(chance.randint(1, 12))] for _ in range(3))
    arriving = [(at, chance.randrange(len(middle)), chance.randint(1, 9)) for at in range(len(left))]
    leaving = [(at, chance.randrange(len(middle)), chance.randint(1, 9)) for at in range(len(right))]
    return bridge(("a", "b", "c"), left, [(name, "R 1") for name in middle], right, arriving, leaving)


@pytest.mark.parametrize("seed", range(30))
def test_boxes_stand_below_each_other_within_the_drawing_and_hold_their_text(seed: int) -> None:
    drawing = drawn(seed)
    for column in (drawing.left, drawing.middle, drawing.right):
        assert all(one.box.bottom < other.box.y for one, other in pairwise(column))
        for one in column:
            assert one.box.x >= 0
            assert one.box.right <= drawing.width
            assert one.box.y >= drawing.heads[0].y
            assert one.box.bottom <= drawing.height
            room = one.box.right - one.text.x
            assert all(width(line, TEXT, bold=True) <= room for line in one.text.lines)
            assert all(width(line, SMALL) <= room for line in one.small.lines)
            assert (one.small.y if one.small.lines else one.text.y) < one.box.bottom


@pytest.mark.parametrize("seed", range(30))
def test_lines_run_from_box_to_box(seed: int) -> None:
    drawing = drawn(seed)
    for span, start, end in (
        *((span, drawing.left[span.side].box, drawing.middle[span.middle].box) for span in drawing.arriving),
        *((span, drawing.middle[span.middle].box, drawing.right[span.side].box) for span in drawing.leaving),
    ):
        numbers = [float(number) for number in re.findall(r"[\d.]+", span.path)]
        assert numbers[:2] == [start.right, start.y + start.height / 2]
        assert numbers[-2:] == [end.x, end.y + end.height / 2]


@pytest.mark.parametrize("role", [role.id for role in HANDBOOK.roles.values() if role.active])
def test_a_role_sees_its_closest_partners(role: str) -> None:
    page = PAGES[f"roles/{role}"]
    body = next((section.body for section in page.sections if section.id == "section_glance"), "")
    passages = passages_by_role(HANDBOOK).get(role, NONE)
    for own, other, left_out in (
        (passages.taken, "givers", "from whom I take less"),
        (passages.given, "takers", "to whom I hand over less"),
    ):
        sides = {side for p in own for side in getattr(p, other) if side != role}
        assert (left_out in body) == (len(sides) > MOST)
        if len(sides) <= MOST:
            for side in sides:
                assert (f'href="{side}.html"' in body) or side.startswith("outside/"), side


def test_a_role_to_which_nothing_passes_has_no_drawing() -> None:
    retired = next(role for role in HANDBOOK.roles.values() if not role.active)
    assert "section_glance" not in [section.id for section in PAGES[f"roles/{retired.id}"].sections]
