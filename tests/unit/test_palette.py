"""Colours that a handbook chose: whatever they are, what is written in them and on them can be read."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolebook.publishing.colours import BLACK, READABLE, WHITE, Colour, apart
from rolebook.publishing.palette import COLOURS, is_chosen, style_sheet

LIGHT_GROUNDS = ("#ffffff", "#e9f0f0", "#e8ebf8", "#fce8e6", "#fff3d1", "#fdf0d5")
DARK_GROUNDS = ("#12191b", "#1f2b2e", "#273236", "#242b4a", "#33290f", "#421d1c")
"""What text stands on: pages, panels, heads of tables, states and marks, in both schemes."""

colours = st.one_of(st.sampled_from(sorted(COLOURS)), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))


def schemes(primary: str | None, accent: str | None) -> list[dict[str, str]]:
    """The values of the light and of the dark scheme by name."""
    blocks = re.findall(r"\{\n(.*?)\}", style_sheet(primary, accent), re.DOTALL)
    return [dict(re.findall(r"(--[\w-]+): (.*);", block)) for block in blocks]


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59), ("#123456", "#123456", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, contrast: float) -> None:
    assert Colour.at(one).contrast(Colour.at(other)) == pytest.approx(contrast, abs=0.01)


@given(primary=colours, accent=st.none() | colours)
def test_text_of_every_colour_can_be_read_on_every_ground(primary: str, accent: str | None) -> None:
    for values, grounds in zip(schemes(primary, accent), (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        for name in ("--md-typeset-a-color", "--md-accent-fg-color", "--rb-responsible", "--rb-accountable"):
            text = Colour.at(values[name])
            assert min(text.contrast(Colour.at(ground)) for ground in grounds) >= READABLE, (name, values[name])
        assert Colour.at(values["--rb-on-paper"]).contrast(WHITE) >= 7


@given(primary=colours)
def test_what_stands_in_the_head_can_be_read(primary: str) -> None:
    for values in schemes(primary, None):
        head = Colour.at(values["--md-primary-fg-color"])
        deep = Colour.at(values["--md-primary-fg-color--dark"])
        for name in ("--md-primary-bg-color", "--md-primary-bg-color--light"):
            assert Colour.at(values[name]).contrast(head) >= READABLE
        assert Colour.at(values["--md-primary-bg-color"]).contrast(deep) >= READABLE


@given(primary=st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_an_organisations_own_colour_stays_as_it_is_in_the_light(primary: str) -> None:
    assert schemes(primary, None)[0]["--md-primary-fg-color"] == primary


@given(primary=colours, accent=st.none() | colours)
@example(primary="black", accent="#c0b0b0")
@example(primary="white", accent="#b0bcc0")
def test_responsible_and_accountable_are_no_shades_of_one_colour(primary: str, accent: str | None) -> None:
    for values in schemes(primary, accent):
        one, other = Colour.at(values["--rb-responsible"]), Colour.at(values["--rb-accountable"])
        assert apart(one, other) > 20


@given(colour=colours, ground=st.sampled_from([*LIGHT_GROUNDS, *DARK_GROUNDS]))
def test_the_nearest_readable_colour_is_readable(colour: str, ground: str) -> None:
    text = Colour.at(COLOURS.get(colour, colour))
    assert text.readable_on(Colour.at(ground)).contrast(Colour.at(ground)) >= READABLE
    assert text.readable_on(Colour.at(ground), 1) == text


def test_a_second_colour_alone_leaves_ours_and_is_for_what_is_pointed_at() -> None:
    light, dark = schemes(None, "deep orange")
    assert {*light, *dark} == {"--md-accent-fg-color", "--md-accent-fg-color--transparent"}


def test_without_a_choice_there_is_no_style_sheet() -> None:
    assert style_sheet(None, None) == ""


@pytest.mark.parametrize("name", ["custom", "", "#12345", "#1234567", "url(x)", "teal;", "٣٣٣٣٣٣", None, 7])
def test_what_is_no_colour_is_left_to_the_theme(name: object) -> None:
    assert not is_chosen(name)


def test_names_of_the_theme_may_have_hyphens() -> None:
    assert style_sheet("deep-purple", None) == style_sheet("deep purple", None)
    assert BLACK.readable_on(BLACK) == Colour.at("#757575")
