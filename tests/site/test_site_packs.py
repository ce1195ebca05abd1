"""The training packs of a site: whose there are, what leads to them, and that they hold no answers."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from pypdf import PdfReader

from rolebook.comparing.effect import Effect
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages.packs import everybody, lately, offers, untrained
from rolebook.publishing.error import SiteError
from rolebook.publishing.packs.on_demand import hand_out
from rolebook.publishing.server import Preview
from tests.conftest import ROOT, TODAY, Result
from tests.site import links, test_plugin
from tests.site.test_two_outputs import BUILDERS, run
from tests.unit.test_packs import Missing

Rolebook = Callable[..., Result]
INCIDENT = "process_defs/processes/incident.yaml"
WORK = ("Write down who reports what.", "Ask who reports, and write down what.")
SETTINGS = "site_name: Small\ntheme: material\nplugins: [search, rolebook]\n"


class Desk(NamedTuple):
    """The preview of a handbook, what shows it, and what was told."""

    preview: Preview
    server: LiveReloadServer
    told: list[str]


@pytest.fixture(name="handbook", scope="module")
def _handbook() -> Handbook:
    return load(ROOT, all_releases=True).handbook


@pytest.fixture(name="small")
def _small(given: Path) -> Path:
    """The small handbook, of which a site can be made."""
    (given / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return given


def released(rolebook: Rolebook, folder: Path, version: str, day: str) -> None:
    done = rolebook("-C", folder, "release", version, "--date", day)
    assert done.code == 0, done.err


def edited(folder: Path, old: str, new: str) -> None:
    file = folder / INCIDENT
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def built(rolebook: Rolebook, folder: Path, *options: str | Path) -> Path:
    done = rolebook("-C", folder, "build", "--today", TODAY, *options)
    assert (done.code, done.err) == (0, "")
    return folder / "site"


def names(site: Path) -> set[str]:
    return {path.name for path in (site / "packs").iterdir()}


def contents(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / "packs").iterdir()}


def leads_to(site: Path, page: str) -> list[str]:
    """The packs that a page links to, in the order in which it names them."""
    found = links.read((site / page).read_text(encoding="utf-8"), content_area=True).links
    return [link.rpartition("/")[2] for link in found if "packs/" in link and not link.startswith("http")]


# Whose packs there are


def test_every_role_that_a_plan_trains_has_its_packs_in_the_site_and_its_page_offers_just_these(
    site: Path, handbook: Handbook
) -> None:
    trained = [role for role in everybody(handbook) if untrained(handbook, role) is None]
    found = names(site)
    assert {f"{role}.html" for role in trained} <= found
    for role in handbook.roles:
        own = {name for name in found if re.fullmatch(rf"{role}(?:-since-[0-9.]+)?\.html", name)}
        offered = leads_to(site, f"roles/{role}.html")
        assert {*offered} == own
        assert len(offered) == len(own)
        assert bool(own) == (role in trained)


def test_a_pack_of_changes_is_offered_just_where_something_changed_and_another_than_since_the_next_release(
    handbook: Handbook,
) -> None:
    since = lately(handbook)
    assert [*since] == [*handbook.releases][-2:-5:-1]
    for role, its in offers(handbook).items():
        covered = [str(one.id) for offer in its.deltas for one in (offer.since, *offer.same) if one]
        changed = [version for version in since if since[version].by_role.get(role)]
        new = [version for version in changed if Effect.NEW in {told.effect for told in since[version].by_role[role]}]
        assert [*covered, *new] == changed
        if its.unchanged:
            assert [*since][: [*since].index(str(its.unchanged.id)) + 1] == [v for v in since if v not in changed]


def test_two_packs_of_a_role_never_say_the_same(site: Path, handbook: Handbook) -> None:
    for its in offers(handbook).values():
        bodies = [links.read((site / f"{offer.name}.html").read_text(encoding="utf-8")).text for offer in its]
        said = [body.partition("What changed for my role It holds")[2] or body for body in bodies]
        assert len({*said}) == len(bodies)


def test_a_role_that_is_new_has_no_pack_of_changes_from_before(handbook: Handbook) -> None:
    new = [
        role
        for role, its in offers(handbook).items()
        if not its.deltas and any(past.by_role.get(role) for past in lately(handbook).values())
    ]
    assert new == ["major-incident-manager"]


def test_pages_of_jobs_and_training_lead_to_the_packs(site: Path, handbook: Handbook) -> None:
    assert {*leads_to(site, "training/index.html")} == names(site)
    for job in handbook.jobs.values():
        carried = [role for role in dict.fromkeys(map(handbook.current, job.carries)) if role in offers(handbook)]
        packs = [f"{offer.name}.html".removeprefix("packs/") for role in carried for offer in offers(handbook)[role]]
        assert leads_to(site, f"jobs/{job.id}.html") == packs


def test_no_pack_of_a_site_holds_an_answer(site: Path, handbook: Handbook) -> None:
    answers = {
        " ".join(question.answer.split())
        for plan in handbook.plans.values()
        for module in plan.modules
        for question in module.questions
        if len(question.answer) > 40 and not question.wrong
    }
    assert len(answers) > 50
    for path in (site / "packs").iterdir():
        text = links.read(path.read_text(encoding="utf-8")).text
        assert "Participant’s edition" in text
        assert [answer for answer in answers if answer in text] == []


def test_what_is_not_released_yet_is_told_since_the_newest_release(small: Path, rolebook: Rolebook) -> None:
    released(rolebook, small, "1.0.0", "2026-06-30")
    assert not [name for name in names(built(rolebook, small)) if "since" in name]
    edited(small, *WORK)
    assert "agent-since-1.0.0.html" in names(built(rolebook, small))


# What is made of them


def test_packs_are_the_same_on_any_day(small: Path, rolebook: Rolebook) -> None:
    first = contents(built(rolebook, small))
    assert b"Made on" not in first["agent.html"]
    assert contents(built(rolebook, small, "--today", "2031-01-01")) == first


def test_with_packs_there_is_pdf_of_each_and_pages_lead_to_it(small: Path, rolebook: Rolebook) -> None:
    released(rolebook, small, "1.0.0", "2026-06-30")
    edited(small, *WORK)
    site = built(rolebook, small, "--packs")
    found = contents(site)
    printed = {name: data for name, data in found.items() if name.endswith(".pdf")}
    assert {name.replace(".pdf", ".html") for name in printed} == found.keys() - printed.keys()
    assert "agent-since-1.0.0.pdf" in printed
    for name, data in printed.items():
        assert "uncontrolled when printed" in PdfReader(BytesIO(data)).pages[1].extract_text(), name
    assert {"agent.pdf", "agent-since-1.0.0.pdf"} <= {*leads_to(site, "roles/agent.html")}
    assert [*links.broken(site)] == []


def test_a_build_without_packs_takes_the_pdf_of_the_last_away(small: Path, rolebook: Rolebook) -> None:
    (site := built(rolebook, small)).joinpath("packs/agent.pdf").write_bytes(b"old")
    built(rolebook, small)
    assert "agent.pdf" not in names(site)


@pytest.mark.parametrize("command", [("build", "--packs"), ("build", "--packs", "--portable"), ("publish", "--packs")])
def test_what_pdf_needs_is_told_before_anything_is_written(
    small: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    released(rolebook, small, "1.0.0", "2026-06-30")
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(ImportError("no module")), *sys.meta_path])
    before = sorted(path.name for path in small.iterdir())
    where = ("--to", small / "public") if "publish" in command else ()
    done = rolebook("-C", small, *command, *where)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "pip install 'rolebook[pdf]'" in done.err
    assert sorted(path.name for path in small.iterdir()) == before


def test_a_setting_of_the_plugin_asks_for_pdf_as_well(small: Path, rolebook: Rolebook) -> None:
    settings = SETTINGS.replace("rolebook]", "{rolebook: {packs: true}}]")
    (small / "mkdocs.yml").write_text(settings, encoding="utf-8")
    by_rolebook = names(built(rolebook, small))
    assert {"agent.html", "agent.pdf"} <= by_rolebook
    (small / "mkdocs.yml").write_text(f"{settings}docs_dir: process_defs\n", encoding="utf-8")
    shutil.rmtree(small / "site")
    mkdocs_build(load_config(str(small / "mkdocs.yml")))
    assert names(small / "site") == by_rolebook


@pytest.mark.parametrize("builder", BUILDERS)
@pytest.mark.parametrize("directory_urls", [False, True])
def test_packs_are_in_the_portable_files_for_any_builder(
    small: Path, rolebook: Rolebook, builder: str, directory_urls: bool
) -> None:
    settings = SETTINGS + (f"use_directory_urls: {str(directory_urls).lower()}\n")
    (small / "mkdocs.yml").write_text(settings, encoding="utf-8")
    expected = contents(built(rolebook, small))
    portable = small / "portable"
    assert rolebook("-C", small, "build", "--portable", "--today", TODAY).code == 0
    assert contents(portable / "docs") == expected
    run(BUILDERS[builder], portable)
    assert contents(portable / "site") == expected
    assert [fault for fault in links.broken(portable / "site") if "packs" in fault] == []


def test_portable_files_lose_a_pack_that_is_there_no_more(small: Path, rolebook: Rolebook) -> None:
    assert rolebook("-C", small, "build", "--portable", "--today", TODAY).code == 0
    stale = small / "portable/docs/packs/agent-since-0.9.0.html"
    stale.write_text("old", encoding="utf-8")
    assert rolebook("-C", small, "build", "--portable", "--today", TODAY).code == 0
    assert not stale.exists()
    assert (small / "portable/docs/packs/agent.html").exists()


def test_a_published_version_has_its_packs_and_latest_leads_to_them(small: Path, rolebook: Rolebook) -> None:
    released(rolebook, small, "1.0.0", "2026-06-30")
    assert rolebook("-C", small, "publish", "--to", small / "public").code == 0
    pack = links.read((small / "public/1.0.0/packs/agent.html").read_text(encoding="utf-8"))
    assert "Version 1.0.0 of 30 June 2026" in pack.text
    latest = (small / "public/latest/packs/agent.html").read_text(encoding="utf-8")
    assert 'href="../../1.0.0/packs/agent.html"' in latest
    done = rolebook("-C", small, "publish", "--to", small / "public", "--verify")
    assert (done.code, done.err) == (0, "")


# While a handbook is being written


class Asked:
    """What a server answers to somebody who asks for a path."""

    def __init__(self, server: LiveReloadServer, path: str) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}
        app: Any = server.get_app()
        given = app({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, self._start)
        self.text = b"".join(given).decode()
        if close := getattr(given, "close", None):
            close()

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)


@pytest.fixture(name="desk")
def _desk(small: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "preview"
    folder.mkdir()
    told: list[str] = []
    preview = Preview(small, date.fromisoformat(TODAY), folder, told.append)
    server = LiveReloadServer(preview.build, "127.0.0.1", 0, str(folder))
    preview.attach(server)
    preview.build()
    yield Desk(preview, server, told)
    server.server_close()


def test_a_preview_makes_a_pack_when_it_is_asked_for(desk: Desk, small: Path) -> None:
    assert not (desk.preview.site / "packs").exists()
    asked = Asked(desk.server, "/packs/agent.html")
    assert (asked.status, asked.headers["Content-Type"]) == ("200 OK", "text/html; charset=utf-8")
    assert WORK[0] in asked.text
    edited(small, *WORK)
    desk.preview.build()
    assert WORK[1] in Asked(desk.server, "/packs/agent.html").text
    assert desk.told[-1] == "The pages are up to date."


def test_a_preview_with_errors_gives_the_packs_of_the_pages_that_it_shows(desk: Desk, small: Path) -> None:
    edited(small, "name: Incident Management", "nam: Incident Management")
    desk.preview.build()
    assert WORK[0] in Asked(desk.server, "/packs/agent.html").text


def test_a_preview_gives_everything_else_as_before(desk: Desk) -> None:
    assert "Training packs" in Asked(desk.server, "/roles/agent.html").text
    for path in ("/packs/nobody.html", "/packs/../../mkdocs.yml", "/packs/", "/packs/agent"):
        assert Asked(desk.server, path).status == "404 Not Found"


def test_mkdocs_hands_packs_out_while_serving_and_writes_none(tmp_path: Path) -> None:
    served = test_plugin.Handbook(tmp_path, serving=True)
    served.build(replace(test_plugin.GOOD, packs={"packs/agent.html": lambda: b"Mine"}))
    assert not (tmp_path / "site/packs").exists()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path / "site"), mount_path="/handbook/")
    served.plugin.on_serve(server, config=served.config())
    asked = Asked(server, "/handbook/packs/agent.html")
    server.server_close()
    assert (asked.status, asked.text) == ("200 OK", "Mine")


def test_the_mistake_of_a_template_is_told_where_the_pack_would_be() -> None:
    def broken() -> bytes:
        raise SiteError("site_templates/packs/pack.html.jinja:3: unknown tag")

    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, ".")
    hand_out(server, lambda: {"packs/agent.html": broken})
    asked = Asked(server, "/packs/agent.html")
    server.server_close()
    assert (asked.status, asked.headers["Content-Type"]) == ("500 Internal Server Error", "text/plain; charset=utf-8")
    assert asked.text == "site_templates/packs/pack.html.jinja:3: unknown tag"


@pytest.mark.parametrize("portable", [(), ("--portable",)])
def test_the_mistake_of_an_own_template_leaves_everything_as_it_was(
    small: Path, rolebook: Rolebook, portable: tuple[str, ...]
) -> None:
    folder = small / "site_templates/packs"
    folder.mkdir(parents=True)
    (folder / "pack.html.jinja").write_text("{% block use %}{{ nobody.knows }}{% endblock %}\n", encoding="utf-8")
    done = rolebook("-C", small, "build", "--today", TODAY, "--trust-config", *portable)
    assert done.code == 2
    assert "site_templates/packs/pack.html.jinja:1: 'nobody' is undefined" in done.err
    assert not [*small.glob("portable"), *small.glob("site")]
