"""`rolebook publish --to`: what lies where, what is never touched again, and what is refused."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rolebook.publishing.lock import locked
from rolebook.publishing.versions.record import ALIAS_FILE, MARKER, VERSION_FILE
from tests.site import links, publishing
from tests.site.publishing import DAYS, Rolebook, below, contents, release, say, with_releases
from tests.site.test_html import findings


@pytest.fixture(scope="module")
def _one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_releases(tmp_path_factory.mktemp("one") / "handbook", "1.0.0")


@pytest.fixture(scope="module")
def _two(_one: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(_one, tmp_path_factory.mktemp("two") / "handbook"))
    release(folder, "1.1.0")
    return folder


@pytest.fixture
def one(_one: Path, tmp_path: Path) -> Path:
    """The small handbook as release 1.0.0."""
    return Path(shutil.copytree(_one, tmp_path / "one"))


@pytest.fixture
def two(_two: Path, tmp_path: Path) -> Path:
    """The small handbook as release 1.1.0, after 1.0.0."""
    return Path(shutil.copytree(_two, tmp_path / "two"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of two pages is published, where it does not matter which."""
    monkeypatch.setattr("rolebook.publishing.site.build_edition", publishing.a_few_pages)
    monkeypatch.setattr("rolebook.publishing.edition.edition", publishing.no_pages)


@pytest.fixture
def published(one: Path, two: Path, tmp_path: Path, rolebook: Rolebook, quick: None) -> Path:
    """Where both versions are published, one after the other."""
    for folder in (one, two):
        assert rolebook("-C", folder, "publish", "--to", tmp_path / "public").code == 0
    return tmp_path / "public"


def listed(target: Path) -> list[tuple[str, list[str]]]:
    return [(entry["version"], entry["aliases"]) for entry in json.loads((target / "versions.json").read_text())]


def leads_to(page: Path) -> Path:
    """Where the page that leads on leads to, without a script."""
    _, _, rest = page.read_text().partition('content="0; url=')
    return (page.parent / rest.partition('"')[0]).resolve()


@pytest.mark.usefixtures("quick")
def test_a_release_lies_in_a_folder_of_its_own_with_what_leads_to_it(
    one: Path, tmp_path: Path, rolebook: Rolebook
) -> None:
    before = contents(one)
    result = rolebook("-C", one, "publish", "--to", tmp_path / "a/public")
    assert (result.code, result.err) == (0, "")
    target = tmp_path / "a/public"
    assert result.out.splitlines()[0] == f"Published 1.0.0 as of 2026-06-30 in {target}/:"
    assert result.out.splitlines()[-1] == f"Open {target}/index.html"
    assert contents(target).keys() == {
        MARKER,
        *("1.0.0/" + name for name in (VERSION_FILE, "handbook.json", "index.html", "roles/agent.html")),
        *("latest/" + name for name in (ALIAS_FILE, "handbook.json", "index.html", "roles/agent.html")),
        "index.html",
        "versions.json",
    }
    assert json.loads((target / "versions.json").read_text()) == [
        {"version": "1.0.0", "title": "1.0.0", "aliases": ["latest"]}
    ]
    assert leads_to(target / "index.html") == target / "latest/index.html"
    assert leads_to(target / "latest/roles/agent.html") == target / "1.0.0/roles/agent.html"
    assert not [path for path in target.rglob("*") if path.is_symlink()]
    assert contents(one) == before


def test_what_is_told_of_the_size_is_so(published: Path, two: Path, rolebook: Rolebook, tmp_path: Path) -> None:
    result = rolebook("-C", two, "publish", "--to", tmp_path / "other")
    written = contents(tmp_path / "other/latest")
    assert f"  latest/ ({len(written)} files, {sum(map(len, written.values())) / 1000:.1f} kB)" in result.out


def test_the_newest_version_stands_first_and_is_the_latest(published: Path) -> None:
    assert listed(published) == [("1.1.0", ["latest"]), ("1.0.0", [])]
    assert leads_to(published / "latest/index.html") == published / "1.1.0/index.html"


def test_publishing_touches_nothing_in_the_folder_of_another_version(
    one: Path, two: Path, tmp_path: Path, rolebook: Rolebook, quick: None
) -> None:
    target = tmp_path / "public"
    rolebook("-C", one, "publish", "--to", target)

    def state() -> dict[str, tuple[bytes, int, int, int]]:
        found = sorted(path for path in (target / "1.0.0").rglob("*"))
        stats = {path: path.stat() for path in (target / "1.0.0", *found)}
        return {
            str(path): (path.read_bytes() if path.is_file() else b"", s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
            for path, s in stats.items()
        }

    before = state()
    assert rolebook("-C", two, "publish", "--to", target).code == 0
    assert state() == before


def test_what_is_published_is_not_published_again(published: Path, two: Path, rolebook: Rolebook) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in published.rglob("*")}
    result = rolebook("-C", two, "publish", "--to", published)
    assert result == (0, f"1.1.0 is published already in {published}/: nothing was written\n", "")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in published.rglob("*")} == before


def test_a_page_that_the_newest_version_lacks_is_led_to_its_home(
    one: Path, two: Path, tmp_path: Path, rolebook: Rolebook, quick: None
) -> None:
    target = tmp_path / "public"
    rolebook("-C", one, "publish", "--to", target)
    record = target / "1.0.0" / VERSION_FILE
    told = json.loads(record.read_text())
    told["files"]["roles/gone.html"] = "0" * 64
    record.write_text(json.dumps(told))
    for copy in ((), ("--copy",)):
        rolebook("-C", two, "publish", "--to", target, *copy)
        assert leads_to(target / "latest/roles/gone.html") == target / "1.1.0/index.html"


def test_a_copy_is_the_version_itself(one: Path, tmp_path: Path, rolebook: Rolebook, quick: None) -> None:
    target = tmp_path / "public"
    rolebook("-C", one, "publish", "--to", target, "--copy", "--alias", "stable")
    version, latest, stable = (contents(target / name) for name in ("1.0.0", "latest", "stable"))
    for alias in (latest, stable):
        assert alias.keys() - version.keys() == {ALIAS_FILE}
        assert {path: alias.get(path) for path in version if path != VERSION_FILE} == {
            path: data for path, data in version.items() if path != VERSION_FILE
        }
    assert listed(target) == [("1.0.0", ["latest", "stable"])]


def test_another_name_can_be_given_later(published: Path, one: Path, two: Path, rolebook: Rolebook) -> None:
    before = contents(published)
    result = rolebook("-C", two, "publish", "--to", published, "--alias", "stable")
    assert result.code == 0
    assert "1.1.0 is published already" in result.out
    assert listed(published) == [("1.1.0", ["latest", "stable"]), ("1.0.0", [])]
    after = contents(published)
    assert {path for path in after if after[path] != before.get(path)} == {
        "versions.json",
        *(path for path in after if path.startswith("stable/")),
    }
    release(two, "1.2.0")
    assert rolebook("-C", two, "publish", "--to", published).code == 0
    assert listed(published) == [("1.2.0", ["latest"]), ("1.1.0", ["stable"]), ("1.0.0", [])]
    assert leads_to(published / "stable/index.html") == published / "1.1.0/index.html"


@pytest.mark.parametrize("damage", ["", "{}", '[{"version": 3}]', "[" * 100_000, "\0"])
def test_the_list_of_versions_is_made_anew_where_it_is_damaged(
    damage: str, published: Path, two: Path, rolebook: Rolebook
) -> None:
    whole = contents(published)
    (published / "versions.json").write_text(damage)
    assert rolebook("-C", two, "publish", "--to", published).code == 0
    assert contents(published) == whole


def test_what_others_have_put_there_is_left_alone(published: Path, two: Path, rolebook: Rolebook) -> None:
    entry = {"version": "dev", "title": "Draft", "aliases": [], "properties": {"hidden": True}}
    versions = json.loads((published / "versions.json").read_text())
    (published / "versions.json").write_text(json.dumps([entry, {**entry, "version": "gone"}, *versions]))
    (published / "dev").mkdir()
    (published / "robots.txt").write_text("User-agent: *\n")
    (published / "index.html").write_text("<h1>Welcome</h1>")
    release(two, "1.2.0")
    assert rolebook("-C", two, "publish", "--to", published).code == 0
    assert json.loads((published / "versions.json").read_text())[0] == entry
    assert [version for version, _ in listed(published)] == ["dev", "1.2.0", "1.1.0", "1.0.0"]
    assert (published / "robots.txt").read_text() == "User-agent: *\n"
    assert (published / "index.html").read_text() == "<h1>Welcome</h1>"


def test_nothing_is_written_through_a_link(published: Path, two: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    for name in ("versions.json", "index.html", "mine"):
        (tmp_path / name).write_text("mine")
        (published / name).unlink(missing_ok=True)
        (published / name).symlink_to(tmp_path / name)
    assert rolebook("-C", two, "publish", "--to", published).code == 0
    assert [(tmp_path / name).read_text() for name in ("versions.json", "index.html", "mine")] == ["mine"] * 3
    assert listed(published) == [("1.1.0", ["latest"]), ("1.0.0", [])]
    assert (published / "index.html").is_symlink()


def unreleased(folder: Path, _: Path) -> None:
    say(folder, "Do something that nobody has agreed to.")


def no_release(folder: Path, _: Path) -> None:
    shutil.rmtree(folder / "process_defs/releases")


def broken_chain(folder: Path, _: Path) -> None:
    snapshot = folder / "process_defs/releases/1.0.0.json"
    snapshot.write_bytes(snapshot.read_bytes().replace(b"Find the cause", b"Find a culprit"))
    (folder / "process_defs/checks.yaml").write_text(
        "checks: {check: RB807, severity: warning, reason: Somebody tried to get around it.}\n"
    )


def other_content(_: Path, target: Path) -> None:
    file = target / "1.0.0" / VERSION_FILE
    told = json.loads(file.read_text())
    file.write_text(json.dumps({**told, "digest": "f" * 64}))


def newer_there(_: Path, target: Path) -> None:
    shutil.copytree(target / "1.0.0", target / "2.0.0")
    file = target / "2.0.0" / VERSION_FILE
    file.write_text(file.read_text().replace('"version": "1.0.0"', '"version": "2.0.0"'))


def not_a_version_of_ours(_: Path, target: Path) -> None:
    (target / "0.9.0").mkdir()


def a_way_out(_: Path, target: Path) -> None:
    file = target / "1.0.0" / VERSION_FILE
    file.write_text(file.read_text().replace('"index.html"', '"../../../way/out.html"'))


def a_link_as_version(_: Path, target: Path) -> None:
    (target / "1.0.0").rename(target.parent / "elsewhere")
    (target / "1.0.0").symlink_to(target.parent / "elsewhere")


def a_link_as_alias(_: Path, target: Path) -> None:
    (target / "latest").rename(target / "elsewhere")
    (target / "latest").symlink_to("elsewhere")


def a_folder_called_latest(_: Path, target: Path) -> None:
    (target / "latest" / ALIAS_FILE).unlink()


def nothing_of_ours(_: Path, target: Path) -> None:
    (target / MARKER).unlink()


REFUSED: dict[Callable[[Path, Path], None], str] = {
    unreleased: "the handbook says something else than 1.1.0, its newest release ('rolebook diff 1.1.0' shows what)",
    no_release: "there is no release yet: what is published is a release, so make one with 'rolebook release'",
    broken_chain: "what was released is not what it was: process_defs/releases/1.0.0.yaml:",
    other_content: "1.0.0 is published there with other content",
    newer_there: "2.0.0 is published there, and this handbook has no release 2.0.0",
    not_a_version_of_ours: "0.9.0/ lies there without a readable published.json",
    a_way_out: "1.0.0/ lies there without a readable published.json",
    a_link_as_version: "1.0.0/ lies there without a readable published.json",
    a_link_as_alias: "latest lies there and is no alias that Rolebook made: take it away",
    a_folder_called_latest: "latest lies there and is no alias that Rolebook made",
    nothing_of_ours: "is not empty, and nothing was published there by Rolebook",
}


@pytest.mark.parametrize("spoil", REFUSED, ids=lambda spoil: spoil.__name__)
def test_it_is_refused_with_the_reason(
    spoil: Callable[[Path, Path], None], one: Path, two: Path, tmp_path: Path, rolebook: Rolebook, quick: None
) -> None:
    target = tmp_path / "public"
    rolebook("-C", one, "publish", "--to", target)
    spoil(two, target)
    before = contents(target)
    result = rolebook("-C", two, "publish", "--to", target)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("rolebook: nothing was published: ")
    assert REFUSED[spoil] in result.err
    assert result.err.count("\n") == 1
    assert contents(target) == before


def test_another_release_of_the_same_version_is_refused(
    one: Path, published: Path, tmp_path: Path, rolebook: Rolebook
) -> None:
    shutil.rmtree(one / "process_defs/releases")
    publishing.run(one, "release", "1.0.0", "--date", "2026-07-01")
    result = rolebook("-C", one, "publish", "--to", published)
    assert result.code == 2
    assert "1.1.0 is published there, and this handbook has no release 1.1.0" in result.err
    shutil.rmtree(published / "1.1.0")
    result = rolebook("-C", one, "publish", "--to", published)
    assert result.code == 2
    assert "1.0.0 is published there with other content: it was release " in result.err
    assert "a published version is never changed" in result.err


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (".", "holds the handbook itself"),
        ("..", "name the folder to write to"),
        ("process_defs/public", "lies in process_defs/, which only people write to"),
        ("link", "is a link"),
        ("mkdocs.yml", "is a file, not a folder"),
        ("docs", "is not empty, and nothing was published there by Rolebook"),
        ("site/versions", "which 'rolebook build' replaces as a whole"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_a_place_that_is_not_for_versions_is_refused(
    place: str, words: str, one: Path, tmp_path: Path, rolebook: Rolebook
) -> None:
    (one / "link").symlink_to(tmp_path)
    (one / "docs").mkdir()
    (one / "docs/notes.txt").write_text("mine")
    (one / "site").mkdir()
    (one / "site/.rolebook-site").touch()
    before = contents(tmp_path)
    result = rolebook("-C", one, "publish", "--to", one / place)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert contents(tmp_path) == before


def test_a_handbook_with_errors_is_not_published(one: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    role = one / "raci/roles/agent.yaml"
    role.write_text(role.read_text().replace("specialist", "specialst"))
    result = rolebook("-C", one, "publish", "--to", tmp_path / "public")
    assert result.code == 1
    assert "RB101" in result.out
    assert result.err == "rolebook: nothing was published: a published version has no errors\n"
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("alias", ["1.0.0", "Stable", "../up", "a/b", "", ".", "not-latest", "a--b", "x" * 61])
@pytest.mark.usefixtures("quick")
def test_what_is_no_name_for_a_folder_is_no_alias(alias: str, one: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", one, "publish", "--to", tmp_path / "public", "--alias", alias)
    assert (result.code, result.out) == (2, "")
    assert f"'{alias}' is no alias" in result.err
    assert not (tmp_path / "public").exists()


def test_two_at_once_are_told_apart(one: Path, tmp_path: Path, rolebook: Rolebook, quick: None) -> None:
    target = tmp_path / "public"
    target.mkdir()
    with locked(target / "versions.json"):
        result = rolebook("-C", one, "publish", "--to", target)
    assert result.code == 2
    assert "another run of Rolebook is writing there" in result.err
    assert rolebook("-C", one, "publish", "--to", target).code == 0


def test_of_several_at_once_one_publishes(one: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    target = tmp_path / "public"

    def publish(_: int) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "rolebook", "-C", str(one), "publish", "--to", str(target)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    with ThreadPoolExecutor(4) as pool:
        results = [*pool.map(publish, range(4))]
    made = [result for result in results if result.stdout.startswith("Published 1.0.0")]
    others = [result for result in results if result not in made]
    assert len(made) == 1
    assert all("another run" in r.stderr or "published already" in r.stdout for r in others), others
    assert "nothing was written" in rolebook("-C", one, "publish", "--to", target).out


def test_the_same_release_gives_the_same_bytes_on_any_day(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing.run(one, "publish", "--to", tmp_path / "a")
    other = Path(shutil.copytree(one, tmp_path / "another name"))
    (other / "mkdocs.yml").write_text(
        "site_name: Larkfield\nplugins: [search, offline, rolebook: {today: 2026-12-01}]\n"
    )
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    publishing.run(other, "publish", "--to", tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert DAYS["1.0.0"] in (tmp_path / "a/1.0.0" / VERSION_FILE).read_text()


def test_say_either_a_folder_or_a_branch(one: Path, rolebook: Rolebook, tmp_path: Path) -> None:
    result = rolebook("-C", one, "publish", "--to", tmp_path / "public", "--branch", "gh-pages")
    assert result.code == 2
    assert "Say either '--to' or '--branch'." in result.err


def test_only_what_readers_ask_for_lies_below_an_alias(one: Path, tmp_path: Path) -> None:
    publishing.run(one, "publish", "--to", tmp_path / "public")
    latest = {path.removeprefix("latest/") for path in below(contents(tmp_path / "public"), "latest")}
    assert {"handbook.json", "llms.txt", "index.html", "roles/agent.html"} <= latest
    assert not {path for path in latest if path.startswith(("assets/", "search/"))}
    assert "404.html" not in latest


def test_every_page_says_which_version_it_is_and_leads_to_the_newest(two: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    publishing.run(two, "publish", "--to", target)
    found = (target / "1.1.0").rglob("*.html")
    pages = [page for page in found if page.name != "404.html" and page.parent.name != "packs"]
    assert len(pages) > 20
    for page in pages:
        (line,) = re.findall('<p class="rb-version">(.*)</p>', page.read_text())
        assert line.startswith('This is version 1.1.0 of <time datetime="2026-07-31">31 July 2026</time>. <a href="')
        (link,) = re.findall('href="([^"]*)"', line)
        assert leads_to((page.parent / link).resolve()) == page


def test_all_that_is_published_is_valid_and_leads_somewhere(one: Path, two: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    for folder in (one, two):
        publishing.run(folder, "publish", "--to", target)
    assert findings(target.rglob("*.html")) == []
    assert [fault for fault in links.broken(target) if "/404.html: " not in fault] == []
    assert [load for load in links.foreign(target) if not load.endswith(": data:,")] == []


def test_the_address_of_a_version_is_below_that_of_the_handbook(one: Path, tmp_path: Path) -> None:
    (one / "mkdocs.yml").write_text("site_name: Larkfield\nsite_url: https://it.example.org/handbook/\n")
    publishing.run(one, "publish", "--to", tmp_path / "public")
    page = (tmp_path / "public/1.0.0/roles/agent.html").read_text()
    assert '<link rel="canonical" href="https://it.example.org/handbook/1.0.0/roles/agent.html">' in page
    addresses = re.findall("<loc>(.*)</loc>", (tmp_path / "public/1.0.0/sitemap.xml").read_text())
    assert addresses[0] == "https://it.example.org/handbook/1.0.0/"
    assert "https://it.example.org/handbook/1.0.0/roles/agent.html" in addresses


def test_pages_that_are_folders_are_led_to_as_such_and_in_the_language_of_the_handbook(
    one: Path, tmp_path: Path
) -> None:
    (one / "mkdocs.yml").write_text(
        "site_name: Larkfield\nuse_directory_urls: true\nplugins: [search]\ntheme: {name: material, language: de}\n"
    )
    target = tmp_path / "public"
    publishing.run(one, "publish", "--to", target)
    lead = target / "latest/roles/agent/index.html"
    assert 'content="0; url=../../../1.0.0/roles/agent/"' in lead.read_text()
    assert '<html lang="de">' in lead.read_text()
    assert 'content="0; url=latest/"' in (target / "index.html").read_text()
    (line,) = re.findall('<p class="rb-version">(.*)</p>', (target / "1.0.0/roles/agent/index.html").read_text())
    assert line.startswith("Dies ist Version 1.0.0 vom <time")
    assert line.endswith('<a href="../../../latest/roles/agent/">Gibt es eine neuere?</a>')


def test_every_byte_that_is_not_what_was_published_is_found(published: Path, two: Path, rolebook: Rolebook) -> None:
    verify = ("-C", two, "publish", "--to", published, "--verify")
    assert rolebook(*verify) == (0, f"2 versions in {published}/: unchanged\n", "")
    (published / "1.0.0/roles/agent.html").write_text("<p>roles/agent.htm!</p>")
    (published / "1.0.0/index.html").unlink()
    (published / "1.1.0/new.html").touch()
    before = contents(published)
    assert rolebook(*verify) == (
        1,
        f"""\
1.1.0/new.html: was put there later
1.0.0/index.html: is missing
1.0.0/roles/agent.html: is not what was published
2 versions in {published}/: 3 files are not as published
""",
        "",
    )
    assert contents(published) == before


@pytest.mark.parametrize("place", ["nowhere", "one"])
def test_where_nothing_is_published_there_is_nothing_to_verify(
    place: str, one: Path, tmp_path: Path, rolebook: Rolebook
) -> None:
    result = rolebook("-C", one, "publish", "--to", tmp_path / place, "--verify")
    assert result == (2, "", f"rolebook: nothing is published in {tmp_path / place}/\n")
