"""A handbook's own templates, styles and words: used for those who trust it, and never a reason for a damaged site."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from rolebook import resources
from rolebook.publishing.overrides import NO_OVERRIDES, has_overrides, read_overrides
from rolebook.publishing.printing import fonts
from rolebook.publishing.server import Preview
from tests.conftest import TODAY, Result
from tests.site import links
from tests.site.watching import watched

Rolebook = Callable[..., Result]
ROLE = "roles/agent.html"


@pytest.fixture
def handbook(given: Path) -> Path:
    """A small handbook that a site can be built of."""
    (given / "mkdocs.yml").write_text("site_name: Sample\ntheme: {name: material, language: de}\n", encoding="utf-8")
    return given


@pytest.fixture
def build(handbook: Path, rolebook: Rolebook) -> Callable[..., Result]:
    """Build the handbook, with trust unless it is said otherwise."""

    def run(*arguments: str, trust: bool = True) -> Result:
        given = (*arguments, "--trust-config") if trust else arguments
        return rolebook("--directory", handbook, "build", "--today", TODAY, *given)

    return run


def own(handbook: Path, name: str, text: str) -> None:
    path = handbook / "site_templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def shown(handbook: Path, page: str = ROLE) -> str:
    return (handbook / "site" / page).read_text(encoding="utf-8")


def test_nothing_of_it_is_used_without_trust(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "pages/role.html.jinja", "{% block lead %}OURS{% endblock %}")
    own(handbook, "theme/partials/copyright.html", "OURS")
    result = build(trust=False)
    assert result.code == 0
    assert (
        result.err == "site_templates/ is not used: templates and scripts need your trust, said with --trust-config\n"
    )
    assert "OURS" not in shown(handbook)


def test_without_such_a_folder_nothing_is_said_of_it(build: Callable[..., Result]) -> None:
    assert build(trust=False).err == ""


def test_the_folder_of_the_package_is_no_override(handbook: Path) -> None:
    (handbook / "site_templates").symlink_to(resources.templates())
    assert not has_overrides(handbook)


def test_copies_of_our_files_are_no_overrides(handbook: Path) -> None:
    shutil.copytree(resources.templates(), handbook / "site_templates")
    assert read_overrides(handbook) == NO_OVERRIDES


def test_a_page_may_change_some_of_its_blocks(handbook: Path, build: Callable[..., Result]) -> None:
    assert build().code == 0
    before = shown(handbook)
    own(
        handbook,
        "pages/role.html.jinja",
        "{% block lead %}<p>OURS: {{ view.role.name }}</p>{{ super() }}{% endblock %}",
    )
    assert build().code == 0
    assert "OURS" not in before
    assert shown(handbook).replace("<p>OURS: Service Desk Agent</p>", "") == before


def test_a_file_of_macros_may_change_some_of_them(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "macros/raci.html.jinja", "{% macro legend() %}<p>OUR LETTERS</p>{% endmacro %}")
    own(handbook, "macros/ours.html.jinja", "{% macro hello(name) %}<p>HELLO {{ name }}</p>{% endmacro %}")
    own(handbook, "pages/role.html.jinja", '{% block lead %}{{ raci.legend() }}{{ ours.hello("<b>") }}{% endblock %}')
    assert build().code == 0
    assert "<p>OUR LETTERS</p><p>HELLO &lt;b&gt;</p>" in shown(handbook)


def test_parts_of_the_theme_and_style_sheets(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "theme/partials/copyright.html", "<p>OURS {{ config.site_name }}</p>")
    own(handbook, "theme/assets/stylesheets/company.css", "body { color: red }")
    own(handbook, "theme/assets/javascripts/company.js", "")
    own(handbook, "theme/assets/stylesheets/content.css", "/* ours */")
    assert build().code == 0
    page = shown(handbook)
    assert "<p>OURS Sample</p>" in page
    styles = links.read(page.partition("<body")[0]).loads
    assert [name.rpartition("/")[2] for name in styles[-4:]] == [
        "pages.css",
        "content.css",
        "pages-2.css",
        "company.css",
    ]
    before, after = (shown(handbook, f"assets/stylesheets/rolebook/{name}.css") for name in ("pages", "pages-2"))
    assert ".md-grid" in before
    assert "@media print" in after
    assert ".page-lead > p" not in before + after
    assert shown(handbook, "assets/stylesheets/content.css") == "/* ours */"
    assert page.index("rolebook/pages.js") < page.index("javascripts/company.js")


def test_portable_files_have_them_too(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "pages/role.html.jinja", "{% block lead %}<p>OURS</p>{% endblock %}")
    own(handbook, "theme/assets/stylesheets/company.css", "body { color: red }")
    assert build("--portable").code == 0
    portable = handbook / "portable"
    assert "OURS" in (portable / "docs/roles/agent.md").read_text(encoding="utf-8")
    assert "stylesheets/company.css" in (portable / "mkdocs.yml").read_text(encoding="utf-8")
    assert (portable / "overrides/assets/stylesheets/company.css").is_file()


def test_words_of_a_language_may_be_others(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "languages/de.yaml", "words:\n  Roles: Aufgaben im Haus\n")
    assert build().code == 0
    assert "Aufgaben im Haus" in shown(handbook)
    assert "Prozesse" in shown(handbook)


def test_a_language_may_be_new(handbook: Path, build: Callable[..., Result]) -> None:
    (handbook / "mkdocs.yml").write_text("site_name: X\ntheme: {name: material, language: nl}\n", encoding="utf-8")
    own(handbook, "languages/nl.yaml", "name: Nederlands\nwords:\n  Roles: Rollen in huis\n")
    result = build()
    assert (result.code, result.err) == (0, "")
    assert "Rollen in huis" in shown(handbook)


PACK = "packs/agent.html"


@pytest.fixture
def packed(handbook: Path, rolebook: Rolebook) -> Callable[..., Result]:
    """Make the agent's training pack, with trust unless it is said otherwise."""

    def run(*arguments: str, trust: bool = True) -> Result:
        given = (*arguments, "--trust-config") if trust else arguments
        return rolebook("--directory", handbook, "pack", "agent", "--today", TODAY, *given)

    return run


def test_a_training_pack_may_change_some_of_its_blocks_and_macros(
    handbook: Path, packed: Callable[..., Result]
) -> None:
    own(handbook, "packs/pack.html.jinja", "{% block evaluation %}<p>OURS: {{ view.role.name }}</p>{% endblock %}")
    own(handbook, "packs/parts.html.jinja", "{% macro notes() %}<p>OUR NOTES</p>{% endmacro %}")
    assert packed(trust=False).code == 0
    assert "OUR" not in (handbook / PACK).read_text(encoding="utf-8")
    result = packed()
    assert (result.code, result.err) == (0, "")
    page = (handbook / PACK).read_text(encoding="utf-8")
    assert "<p>OURS: Service Desk Agent</p>" in page
    assert "<p>OUR NOTES</p>" in page
    assert "Teilnahme und Unterschriften" in page
    assert "Ein Bogen je" not in page


def test_style_sheets_of_packs_stand_in_the_place_of_ours_or_after_it(
    handbook: Path, packed: Callable[..., Result]
) -> None:
    own(handbook, "packs/company.css", "h1 { color: navy } /* </style><p>out */")
    assert packed().code == 0
    page = (handbook / PACK).read_text(encoding="utf-8")
    assert page.index(".uncontrolled") < page.index("color: navy") < page.index("</style>")
    assert page.count("</style>") == 1
    own(handbook, "packs/pack.css", "h1 { color: teal }")
    assert packed().code == 0
    page = (handbook / PACK).read_text(encoding="utf-8")
    assert page.index("color: teal") < page.index("color: navy")
    assert ".uncontrolled" not in page
    assert "@font-face" in page


def test_the_packs_of_a_site_have_them_too(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "packs/pack.html.jinja", "{% block evaluation %}<p>OURS</p>{% endblock %}")
    own(handbook, "packs/company.css", "h1 { color: navy }")
    assert build().code == 0
    page = shown(handbook, PACK)
    assert "<p>OURS</p>" in page
    assert "color: navy" in page


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("packs/pack.html.jinja", "{% block role %}\n{{ view.nothing }}{% endblock %}", ":2: 'rolebook.pages.packs."),
        ("packs/pack.html.jinja", "{% block rol %}{% endblock %}", ":1: this template has no block 'rol'; it has "),
        ("packs/pack.html.jinja", '{% block role %}{{ "".__class__ }}{% endblock %}', ":1: access to attribute '__cl"),
        ("packs/frame.html.jinja", "{% block frame %}\n{{ nothing }}{% endblock %}", ":2: 'nothing' is undefined"),
        ("packs/parts.html.jinja", "{% macro notes( %}", ":1: "),
        ("packs/pakc.html.jinja", "", ": takes the place of no template; did you mean 'packs/pack.html.jinja'?"),
        ("packs/fonts/Own.woff2", "", ": takes the place of no template; there are pages/, macros/, packs/, "),
    ],
)
def test_a_mistake_in_those_of_packs_is_one_line_and_leaves_the_old_pack(
    handbook: Path, packed: Callable[..., Result], name: str, text: str, told: str
) -> None:
    assert packed().code == 0
    before = (handbook / PACK).read_bytes()
    own(handbook, name, text)
    result = packed()
    assert result.code == 2
    assert result.err.startswith(f"rolebook: site_templates/{name}{told}")
    assert result.err.count("\n") == 1
    assert (handbook / PACK).read_bytes() == before


def test_no_own_style_sheet_makes_a_pdf_ask_for_anything(
    handbook: Path, packed: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watched(monkeypatch)
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was made"))
    outside = ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "http://127.0.0.1:9/x.woff2"]
    picture, file, font = outside
    own(
        handbook,
        "packs/pack.css",
        f"@import url(http://127.0.0.1:9/x.css); h1 {{ background: url({picture}); font-family: Own }}"
        f"h2::before {{ content: url({file}) }} @font-face {{ font-family: Own; src: url({font}) }}",
    )
    result = packed("--pdf")
    assert (result.code, result.err) == (0, "")
    assert fonts() | set(outside) >= set(asked) > fonts()
    assert b"root:" not in (handbook / "packs/agent.pdf").read_bytes()


ROLE_PAGE, PART = "pages/role.html.jinja", "theme/partials/copyright.html"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            ROLE_PAGE,
            "{% block lead %}\n{{ view.nothing }}{% endblock %}",
            ":2: 'rolebook.pages.role.RoleView object' has",
        ),
        (ROLE_PAGE, "{% block lead %}\n\n{{ 1|nofilter }}{% endblock %}", ":3: no filter named 'nofilter'"),
        (ROLE_PAGE, "{% block lead %}\n{{ 1 2 }}{% endblock %}", ":2: expected token"),
        (ROLE_PAGE, "{% block led %}{% endblock %}", ":1: this page has no block 'led'; it has 'lead', "),
        (ROLE_PAGE, '{% block lead %}\n{{ "".__class__ }}{% endblock %}', ":2: access to attribute '__class__' of"),
        (ROLE_PAGE, '{% block lead %}{{ link("role", "x") }}{% endblock %}', ":1: there is no 'x'"),
        (ROLE_PAGE, '{% block lead %}{% include "../x" %}{% endblock %}', ":1: there is no template '../x'"),
        (ROLE_PAGE, '{% block lead %}{{ "%s"|format }}{% endblock %}', ":1: not enough arguments"),
        ("macros/raci.html.jinja", "\n{{ nothing }}", ":2: 'nothing' is undefined"),
        ("macros/raci.html.jinja", "{% macro legend( %}", ":1: "),
        ("pages/rol.html.jinja", "", ": takes the place of no template; did you mean 'pages/role.html.jinja'?"),
        ("exports/handbook.schema.json", "{}", ": takes the place of no template; there are pages/, macros/, "),
        ("languages/de.yaml", "words:\n  Roles: 7 %(x)s", ":2:10: '%(x)s' is not in the English text"),
        ("languages/de.yaml", "words:\n  Roles: [a, b, c]", ":2:10: 'Roles' takes one text, or two: for one and for"),
        ("languages/de.yaml", "wrods: {a: b}", ":1:1: 'wrods' is no part of a language, which has name, "),
        ("languages/de.yaml", 'day: "{year.__class__}"', ":1:6: 'day' is written like '{day}. {month} {year}'"),
        (PART, "\n{{ 1|nofilter }}", ":2: no filter named 'nofilter'"),
        (PART, "{{ nothing.at.all }}", ":1: 'nothing' is undefined"),
        (PART, "{% if %}", ":1: expected an expression"),
        (
            PART,
            "{{ config.__init__.__globals__ }}",
            ":1: access to attribute '__init__' of 'MkDocsConfig' object is unsafe",
        ),
    ],
)
def test_a_mistake_is_one_line_with_its_place(
    handbook: Path, build: Callable[..., Result], name: str, text: str, told: str
) -> None:
    assert build().code == 0
    before = {path: path.read_bytes() for path in (handbook / "site").rglob("*") if path.is_file()}
    own(handbook, name, text)
    result = build()
    assert result.code == 2
    assert result.err.startswith(f"rolebook: site_templates/{name}{told}")
    assert result.err.count("\n") == 1
    assert {path: path.read_bytes() for path in (handbook / "site").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["pages/role.html.jinja", "theme/partials/copyright.html"])
def test_no_link_is_followed(handbook: Path, build: Callable[..., Result], tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("SECRET")
    path = handbook / "site_templates" / name
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "secret")
    result = build()
    assert result.code == 2
    assert (
        result.err == f"rolebook: site_templates/{name}: cannot be opened: it is a link, and links are not followed\n"
    )


def test_no_folder_is_entered_through_a_link(handbook: Path, build: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (handbook / "site_templates").mkdir()
    (handbook / "site_templates" / "theme").symlink_to(tmp_path / "elsewhere")
    assert build().err == "rolebook: site_templates/theme: is a link, and links are not followed\n"


def test_files_of_the_system_and_of_editors_are_passed_over(handbook: Path) -> None:
    own(handbook, ".DS_Store", "")
    own(handbook, "pages/role.html.jinja~", "")
    own(handbook, ".git/config", "")
    assert read_overrides(handbook).pages == ()


def test_too_large_a_file_and_other_encodings_are_refused(handbook: Path, build: Callable[..., Result]) -> None:
    own(handbook, "pages/role.html.jinja", "x" * 1_000_001)
    assert build().err == "rolebook: site_templates/pages/role.html.jinja: is larger than 1000 kB\n"
    (handbook / "site_templates/pages/role.html.jinja").write_bytes(b"a\n\xff")
    told = "rolebook: site_templates/pages/role.html.jinja:2: is not written in UTF-8; save it as UTF-8\n"
    assert build().err == told


def test_a_language_without_words_of_ours_is_told(handbook: Path, build: Callable[..., Result]) -> None:
    (handbook / "mkdocs.yml").write_text("site_name: X\ntheme: {name: material, language: fr}\n", encoding="utf-8")
    result = build()
    assert result.code == 0
    assert result.err == "the pages stay in English: there are no words in 'fr', but in de, en\n"
    assert '<html lang="fr"' in shown(handbook)


def test_while_serving_an_edit_shows_and_a_mistake_takes_nothing_away(handbook: Path, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "preview").mkdir()
    preview = Preview(handbook, date.fromisoformat(TODAY), tmp_path / "preview", told.append, trust=True)

    def edited(name: str, text: str) -> str:
        own(handbook, name, text)
        told.clear()
        preview.build()
        return (preview.site / ROLE).read_text(encoding="utf-8")

    assert "OURS" in edited(ROLE_PAGE, "{% block lead %}OURS{% endblock %}")
    assert "THEIRS" in edited(ROLE_PAGE, "{% block lead %}THEIRS{% endblock %}")
    page = edited(ROLE_PAGE, "{% block lead %}{{ nothing }}{% endblock %}")
    assert told[0] == f"site_templates/{ROLE_PAGE}:1: 'nothing' is undefined"
    assert "THEIRS" in page
    assert "findings-banner" in page
    assert "findings-banner" not in edited(ROLE_PAGE, "{% block lead %}THEIRS{% endblock %}")
    assert "THEIRS" in edited(PART, "{% if %}")
    assert told == [f"site_templates/{PART}:1: expected an expression, got 'end of statement block'"]


def test_mkdocs_itself_uses_them(handbook: Path) -> None:
    own(handbook, ROLE_PAGE, "{% block lead %}OURS{% endblock %}")
    own(handbook, PART, "<p>OUR FOOT</p>")
    settings = (
        "site_name: X\ntheme: material\ndocs_dir: process_defs\nplugins: [search, rolebook: {today: 2026-11-22}]\n"
    )
    (handbook / "mkdocs.yml").write_text(settings, encoding="utf-8")
    mkdocs_build(load_config(str(handbook / "mkdocs.yml")))
    page = (handbook / "site/roles/agent/index.html").read_text(encoding="utf-8")
    assert "OURS" in page
    assert "OUR FOOT" in page
