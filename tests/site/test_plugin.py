"""The plugin in MkDocs' hands: what it adds and leaves out, and what happens while somebody mends a handbook."""

import dataclasses
from pathlib import Path

import pytest
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from rolebook.pages.page import Chapter, Page
from rolebook.publishing.edition import Edition
from rolebook.publishing.plugin import RolebookPlugin
from rolebook.publishing.theme import STYLE_SHEET
from tests.site import links, samples

PAGE = Page("index", "home", "Home", "Home", Markup("<p>Version one.</p>"), ())
GOOD = Edition((PAGE,), (Chapter("Home", "index"),))
BAD = Edition(report="raci/roles/x.yaml:1:1: error[RB001] <b>broken</b>", errors=1)


class Handbook:
    """A folder with a `mkdocs.yml`, whose edition a test decides."""

    def __init__(self, folder: Path, *, serving: bool) -> None:
        self.folder = folder
        self.edition = GOOD
        self.plugin = RolebookPlugin(lambda _: self.edition)
        self.plugin.load_config({})
        self.plugin.on_startup(command="serve" if serving else "build", dirty=False)
        for name in ("process_defs", "raci"):
            (folder / name).mkdir()

    def config(self, **values: object) -> MkDocsConfig:
        config = MkDocsConfig(config_file_path=str(self.folder / "mkdocs.yml"))
        given = {"site_name": "Sample", "theme": "material", "plugins": ["search", "offline"]}
        folders = {"docs_dir": str(self.folder / "process_defs"), "site_dir": str(self.folder / "site")}
        config.load_dict(given | folders | values)
        assert config.validate() == ([], [])
        config.plugins["rolebook"] = self.plugin
        return config

    def build(self, edition: Edition = GOOD, **values: object) -> dict[str, str]:
        """The pages of the site after a build of `edition`."""
        self.edition = edition
        build(self.config(**values))
        return links.pages(self.folder / "site")


@pytest.fixture
def served(tmp_path: Path) -> Handbook:
    """A handbook that is being served."""
    return Handbook(tmp_path, serving=True)


@pytest.fixture
def built(tmp_path: Path) -> Handbook:
    """A handbook that is being built."""
    return Handbook(tmp_path, serving=False)


def test_the_files_of_a_handbook_stay_out_of_the_site(built: Handbook) -> None:
    (built.folder / "process_defs" / "organisation.yaml").write_text("name: x")
    (built.folder / "process_defs" / "1.0.0.json").write_text("{}")
    (built.folder / "process_defs" / "logo.svg").write_text("<svg/>")
    built.build()
    names = {path.name for path in (built.folder / "site").rglob("*")}
    assert "logo.svg" in names
    assert not names & {"organisation.yaml", "1.0.0.json"}


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_a_page_of_ours_goes_before_one_of_the_author(built: Handbook, name: str) -> None:
    (built.folder / "process_defs" / name).write_text("# Mine")
    assert "Version one." in built.build()["index.html"]


def test_errors_stop_a_build_and_leave_the_site(built: Handbook, caplog: pytest.LogCaptureFixture) -> None:
    before = built.build()
    with pytest.raises(Abort):
        built.build(BAD)
    assert "error[RB001]" in caplog.text
    assert links.pages(built.folder / "site") == before


def test_errors_show_above_the_last_good_pages_while_serving(served: Handbook) -> None:
    served.build()
    page = served.build(BAD)["index.html"]
    assert "The handbook has an error." in page
    assert "error[RB001] &lt;b&gt;broken&lt;/b&gt;" in page
    assert "Version one." in page


def test_without_good_pages_the_errors_are_a_page(served: Handbook) -> None:
    pages = served.build(dataclasses.replace(BAD, errors=2))
    assert set(pages) == {"index.html"}
    assert "The handbook has 2 errors." in pages["index.html"]
    assert "error[RB001] &lt;b&gt;broken&lt;/b&gt;" in pages["index.html"]


def test_mending_makes_the_banner_go(served: Handbook) -> None:
    served.build()
    served.build(BAD)
    mended = dataclasses.replace(GOOD, pages=(dataclasses.replace(PAGE, lead=Markup("<p>Version two.</p>")),))
    page = served.build(mended)["index.html"]
    assert "The handbook has" not in page
    assert "Version two." in page


def test_the_folders_of_the_handbook_are_watched(served: Handbook) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(served.folder))
    try:
        served.plugin.on_serve(server, config=served.config(), builder=lambda: None)
        assert {Path(path).name for path in server._watched_paths} == {"process_defs", "raci"}
    finally:
        server.server_close()


def test_a_warning_is_told_and_does_not_stop_a_build(built: Handbook, caplog: pytest.LogCaptureFixture) -> None:
    pages = built.build(dataclasses.replace(GOOD, report="a.yaml:1:1: warning[RB101] odd"))
    assert "warning[RB101] odd" in caplog.text
    assert "Version one." in pages["index.html"]


def test_a_broken_link_is_told(built: Handbook, caplog: pytest.LogCaptureFixture) -> None:
    page = dataclasses.replace(PAGE, lead=Markup('<p><a href="roles/x.html">x</a></p>'))
    built.build(dataclasses.replace(GOOD, pages=(page,)))
    assert "page 'index' links to 'roles/x.html': there is no such page" in caplog.text


def test_what_the_author_chose_stays(built: Handbook) -> None:
    theme = {"name": "material", "features": ["navigation.footer"], "palette": {"scheme": "default", "primary": "teal"}}
    page = built.build(theme=theme)["index.html"]
    assert '"features":["navigation.footer"]' in page.replace(" ", "")
    assert page.count(STYLE_SHEET) == 1
    style = (built.folder / "site" / STYLE_SHEET).read_text(encoding="utf-8")
    assert style.index("--rb-hue: 193") < style.index("made from `palette`")


def test_a_file_of_an_own_theme_stands_in_the_place_of_ours(built: Handbook) -> None:
    own = built.folder / "own"
    (own / "assets/stylesheets").mkdir(parents=True)
    (own / "assets/stylesheets/print.css").write_text("/* OURS */")
    page = built.build(theme={"name": "material", "custom_dir": str(own)})["index.html"]
    assert page.index(STYLE_SHEET) < page.index('href="assets/stylesheets/print.css"')
    assert "On paper: the page alone" not in (built.folder / "site" / STYLE_SHEET).read_text(encoding="utf-8")
    assert (built.folder / "site/assets/stylesheets/print.css").read_text() == "/* OURS */"


def test_texts_of_the_configuration_are_text(built: Handbook) -> None:
    page = built.build(site_name="A <b>bold</b> & brave", copyright="&copy; Us <script>alert(1)</script>")["index.html"]
    assert "A &lt;b&gt;bold&lt;/b&gt; &amp; brave" in page
    assert "© Us &lt;script&gt;" in page


def test_metadata_and_contents_come_from_the_page(built: Handbook) -> None:
    page = samples.nasty_pages()[1]
    edition = Edition((dataclasses.replace(page, path="index", sections=page.sections[:3]),), (Chapter("X", "index"),))
    html = built.build(edition)["index.html"]
    assert '<meta name="description" content="&amp;lt;script&amp;gt;' in html
    assert '<a href="#below" class="md-nav__link">' in html
    assert html.index('href="#first" class="md-nav__link"') < html.index('href="#below" class="md-nav__link"')
