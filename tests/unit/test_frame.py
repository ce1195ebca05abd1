"""The frame around pages: few files, icons that the style sheet draws, and no white space that nobody sees."""

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from rolebook.publishing.icons import leave_to_style, plain_icons, style_sheet
from rolebook.publishing.joining import Part, join
from rolebook.publishing.markup import dense
from rolebook.publishing.overrides import Overrides
from rolebook.publishing.theme import SCRIPT, SCRIPTS, STYLE_SHEET, STYLES, dress
from rolebook.rendering import IN_ENGLISH, Look

ARROW = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><path d="M1 2h3.5z"/></svg>'
COLOURED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#f00" d="M1 2h3z"/></svg>'


def test_parts_are_put_together_in_their_order() -> None:
    joined = join("a/all.css", [Part("a/one.css", "one"), Part("", ""), Part("a/two.css", "two")])
    assert joined.paths == ("a/all.css",)
    assert joined.made == {"a/all.css": "one\ntwo"}


def test_a_part_that_is_somebody_elses_stays_by_itself_in_its_place() -> None:
    parts = [Part("one", "1"), Part("two", None), Part("three", None), Part("four", "4"), Part("five", "5")]
    joined = join("all.css", parts)
    assert joined.paths == ("all.css", "two", "three", "all-2.css")
    assert joined.made == {"all.css": "1", "all-2.css": "4\n5"}


def test_each_page_asks_for_one_style_sheet_and_one_script() -> None:
    made = dress(Look("de"), Overrides(), "teal")
    assert (made.styles, made.scripts) == ((STYLE_SHEET,), (SCRIPT,))
    assert made.parts == {*STYLES, *SCRIPTS}
    heads = [made.made[STYLE_SHEET].index(said) for said in (":root", "@media print", "made from `palette`")]
    assert heads == sorted(heads)
    assert made.made[SCRIPT].index(".words = ") < made.made[SCRIPT].index(".say = ") < made.made[SCRIPT].index("finder")


def test_an_own_script_in_place_of_ours_is_not_in_what_is_put_together() -> None:
    own = Overrides(theme={"assets/javascripts/rolebook/finder.js": b"theirs();"})
    made = dress(IN_ENGLISH, own)
    assert made.scripts == (SCRIPT, "assets/javascripts/rolebook/finder.js", SCRIPT.replace(".js", "-2.js"))
    assert "data-find" not in "".join(made.made.values())
    assert "assets/javascripts/rolebook/finder.js" not in made.parts


def icons(folder: Path, **files: str) -> Path:
    (folder / ".icons" / "material").mkdir(parents=True)
    for name, drawing in files.items():
        (folder / ".icons" / "material" / f"{name}.svg").write_text(drawing)
    return folder


def test_an_icon_is_drawn_by_the_style_sheet_once_and_as_wide_as_it_is(tmp_path: Path) -> None:
    found = plain_icons([str(icons(tmp_path, menu=ARROW))], {}, ())
    assert found == {"material/menu": ARROW}
    sheet = style_sheet(found)
    assert "svg.rb-icon-menu {\n  aspect-ratio: 24 / 12;" in sheet
    assert sheet.count(ARROW) == 1
    theme = Environment(
        autoescape=True, loader=DictLoader({".icons/material/menu.svg": ARROW, ".icons/x.svg": "<svg/>"})
    )
    leave_to_style(theme, found)
    page = theme.from_string('{% include ".icons/material/menu.svg" %}{% include ".icons/x.svg" %}').render()
    assert page == '<svg class="rb-icon-menu"></svg><svg/>'


def test_a_chosen_icon_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    folder = icons(tmp_path, menu=ARROW, home=ARROW, moon=ARROW)
    assert list(plain_icons([str(folder)], {"menu": "material/home"}, ["material/moon"])) == [
        "material/home",
        "material/moon",
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        COLOURED,
        ARROW.replace("<path", "<script>alert(1)</script><path"),
        ARROW.replace("M1", "');}body{display:none}"),
        ARROW.replace("M1", "M1\n"),
        ARROW.replace("<path", "<!--\\--><path"),
        "",
    ],
)
def test_an_icon_that_is_more_than_a_shape_stays_in_the_pages(tmp_path: Path, drawing: str) -> None:
    assert plain_icons([str(icons(tmp_path, menu=drawing))], {}, ()) == {}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html>\n  <head>\n    <meta>\n\n    <title>\n x\n y\n</title>", "<html><head><meta><title>x\ny</title>"),
        ('<ul class="md-a">\n <li class="md-b">\n  a\n </li>\n</ul>', '<ul class="md-a"><li class="md-b">a</li></ul>'),
        ("<p>\n  two\n  <b>words</b>\n  <i>here</i>\n</p>", "<p>two\n<b>words</b>\n<i>here</i></p>"),
        ("<ul><li>a</li>\n  <li>b</li></ul>", "<ul><li>a</li>\n<li>b</li></ul>"),
        ('<div class="md-source__icon">\n</div>\n <div class="md-source__name">', None),
        ('<a>\n <span class="md-ellipsis">\n A b\n </span>\n</a>', '<a><span class="md-ellipsis">A b</span></a>'),
        ("<a><svg></svg>    </a>  x", "<a><svg></svg>\n</a>  x"),
        ('<p title="a  b > c\n">\n x', '<p title="a  b > c\n">x'),
        ("<pre>\n a\n\n  b </pre>\n\n<textarea>\n\n</textarea>", "<pre>\n a\n\n  b </pre>\n<textarea>\n\n</textarea>"),
    ],
)
def test_white_space_goes_where_it_never_shows(page: str, expected: str | None) -> None:
    if expected is None:
        assert re.search(r"</div>\n<div", dense(page))
    else:
        assert dense(page) == expected
