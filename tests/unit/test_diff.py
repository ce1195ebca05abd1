"""`rolebook diff`: folders and revisions are compared, shown for people, pull requests and programs."""

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from rolebook.cli.differences.markdown import LONGEST, escaped
from tests.conftest import TODAY, Result
from tests.unit.test_changed_since import AGENT, INCIDENT, change, clone, commit, git, refused

Run = Callable[..., Result]
PROCESS = "process_defs/processes/incident.yaml"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "@octocat and @org/team",
    "fixes #12, GH-12, octo/repo#3",
    "[click](javascript:alert(1)) ![x](https://example.org/x.png)",
    "https://example.org www.example.org",
    "a | b || c",
    "</details></summary><script>x</script>",
    "`code` **bold** _it_ ~~gone~~ $x$ &amp; &lt;",
    "1. - # + > ---",
)


@pytest.fixture
def handbook(given: Path, tmp_path: Path) -> Path:
    """A handbook in a folder of a repository, committed."""
    folder = tmp_path / "the repository"
    (folder / "docs").mkdir(parents=True)
    moved = given.rename(folder / "docs/our handbook")
    git(folder, "init", "--quiet")
    commit(folder, "The handbook")
    return moved


@pytest.fixture
def diff(rolebook: Run, handbook: Path) -> Run:
    def run(*arguments: str | Path, format: str = "json") -> Result:
        return rolebook("--directory", handbook, "diff", "--format", format, *arguments)

    return run


def told(result: Result) -> list[tuple[str, str]]:
    assert (result.code, result.err) == (0, "")
    return [(one["kind"], one["thing"]["id"]) for one in json.loads(result.out)["changes"]]


BECOMES = "Technical Specialist is responsible for and consulted on the activity 'Find the cause', and was consulted"
RAISED = [("letters-changed", "incident/diagnose")]


def raise_letter(handbook: Path) -> None:
    change(handbook, INCIDENT, "diagnose: {R: agent,", "diagnose: {R: [agent, specialist],")


def test_without_arguments_the_files_are_compared_with_what_was_committed_last(diff: Run, handbook: Path) -> None:
    assert told(diff()) == []
    raise_letter(handbook)
    assert told(diff()) == RAISED


def test_a_revision_is_compared_with_the_files_or_with_another_one(diff: Run, handbook: Path) -> None:
    git(handbook, "tag", "v1")
    raise_letter(handbook)
    commit(handbook)
    assert told(diff("v1")) == RAISED
    assert told(diff("HEAD")) == []
    assert told(diff("v1", "HEAD")) == RAISED
    assert told(diff("HEAD", "v1")) == RAISED
    assert told(diff(git(handbook, "rev-parse", "--short", "v1"))) == RAISED


def test_three_points_stand_for_where_the_branch_left_another(diff: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "-b", "topic")
    raise_letter(handbook)
    commit(handbook)
    git(handbook, "checkout", "--quiet", "main")
    change(handbook, AGENT, "name: Service Desk Agent", "name: Clerk")
    commit(handbook)
    git(handbook, "checkout", "--quiet", "topic")
    assert len(told(diff("main"))) == 2
    assert told(diff("main...")) == RAISED
    refused(diff("mian..."), "there is no revision 'mian'")


def test_it_works_with_a_detached_head(diff: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "--detach")
    raise_letter(handbook)
    commit(handbook)
    assert told(diff("HEAD^")) == RAISED


def test_folders_are_compared_with_revisions_and_with_each_other(diff: Run, handbook: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(handbook, tmp_path / "other"))
    raise_letter(other)
    assert told(diff("HEAD", other)) == RAISED
    assert told(diff(other)) == RAISED
    assert told(diff(other, other)) == []


def test_a_version_that_was_released_needs_no_git(
    rolebook: Run, diff: Run, handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = handbook / "process_defs/pages"
    pages.mkdir()
    (pages / "welcome.md").write_text("# Welcome\n\nHello.\n\n## First\n\n- one\n", encoding="utf-8")
    assert rolebook("-C", handbook, "release", "1.0.0", "--date", TODAY).code == 0
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(diff("1.0.0")) == []
    raise_letter(handbook)
    assert told(diff("1.0.0")) == RAISED
    refused(diff("1.0.1"), "'1.0.1' is no folder with a handbook, and a revision is read with git")
    (handbook / "process_defs/releases/1.0.0.json").write_text("{", encoding="utf-8")
    refused(diff("1.0.0"), "the version 1.0.0 cannot be compared: ")


def test_a_version_that_was_never_released_is_told(diff: Run) -> None:
    refused(diff("1.0.1"), "no version 1.0.1 was released, and there is no revision '1.0.1'")


def test_a_shallow_clone_has_what_it_has_and_names_the_way_to_the_rest(rolebook: Run, handbook: Path) -> None:
    first = git(handbook, "rev-parse", "HEAD")
    raise_letter(handbook)
    commit(handbook)
    copy = clone(handbook, "--depth", "1")
    change(copy, INCIDENT, "close: {R: agent,", "close: {R: specialist,")
    assert len(told(rolebook("-C", copy, "diff", "--format", "json"))) == 2
    missing = rolebook("-C", copy, "diff", first)
    refused(missing, f"there is no revision '{first}': this clone is shallow; 'git fetch --unshallow' gets the rest")


def test_without_git_folders_are_compared_and_a_revision_is_told(
    diff: Run, handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(diff(handbook, handbook)) == []
    said = "'HEAD' is no folder with a handbook, and a revision is read with git, which is not installed here: name two"
    refused(diff(), said)


def test_outside_of_a_repository_a_revision_is_told(rolebook: Run, given: Path) -> None:
    said = (
        "'HEAD' is no folder with a handbook, and a revision is read with git, but no git repository holds the folder"
    )
    refused(rolebook("-C", given, "diff"), said)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("mian", "there is no revision 'mian': 'git branch --all' and 'git log' list what there is"),
        ("", "there is no revision ''"),
        ("ma\nin\x1b", "there is no revision 'ma<U+000A>in<U+001B>'"),
        ("main:docs", "there is no revision 'main:docs'"),
    ],
)
def test_an_unknown_revision_is_told(diff: Run, revision: str, said: str) -> None:
    refused(diff(revision), said)


def test_a_folder_without_a_handbook_is_told(diff: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(
        diff(tmp_path / "empty"), f"there is no handbook in the folder '{tmp_path / 'empty'}', and there is no revi"
    )


def test_a_revision_without_a_handbook_is_told(diff: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "--orphan", "other")
    git(handbook, "rm", "-r", "--quiet", "--cached", ".")
    git(handbook, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    refused(diff("other"), "there is no handbook in 'other', at the place where it lies now")


def test_what_cannot_be_read_is_not_compared(diff: Run, handbook: Path) -> None:
    change(handbook, AGENT, "name:", "nmae:")
    result = diff()
    refused(
        result, "'the files as they are' cannot be compared, since not all of it can be read (1 finding of reading, "
    )
    assert f"{AGENT}:1:1" in result.err
    assert result.err.endswith("'rolebook check' shows them\n")
    commit(handbook)
    assert "'HEAD' cannot be compared" in diff("HEAD", handbook).err
    assert "git worktree add FOLDER HEAD" in diff().err


def test_a_file_that_git_keeps_and_nobody_could_read_is_no_loss(diff: Run, handbook: Path) -> None:
    (handbook / AGENT).write_text(f"# {'x' * 1_100_000}\n{(handbook / AGENT).read_text()}")
    commit(handbook)
    git(handbook, "checkout", "--quiet", "HEAD^", "--", ".")
    refused(diff(), f"'HEAD' cannot be compared: {AGENT} is too large to be read")


def test_the_exit_code_tells_of_changes_only_when_asked(diff: Run, handbook: Path) -> None:
    assert diff("--exit-code").code == 0
    raise_letter(handbook)
    assert (diff().code, diff("--exit-code").code) == (0, 1)


def test_text_has_a_line_for_each_change_with_its_place(diff: Run, handbook: Path) -> None:
    raise_letter(handbook)
    change(handbook, PROCESS, "policies: [one-ticket]\n", "")
    lines = diff(format="text").out.splitlines()
    assert lines[:11] == [
        "Incident Management (process)",
        f"  - {PROCESS}:6: the policies of the process 'Incident Management': no longer with 'One ticket'",
        f"  ~ {INCIDENT}:2: {BECOMES}",
        "",
        "For roles:",
        "  Incident Manager",
        "    works with Technical Specialist from now on",
        "  Technical Specialist",
        "    is responsible for and consulted on 'Find the cause' (Incident Management), and was consulted",
        "    works with Incident Manager from now on",
        "",
    ]
    assert lines[-1] == "From HEAD to the files as they are: 2 changes, for 2 roles and 2 jobs"
    assert "  Incident Management (process): Incident Manager as its owner, and the approval of Change Manager" in lines


def test_no_change_is_one_line(diff: Run) -> None:
    assert diff(format="text").out == "From HEAD to the files as they are: 0 changes\n"


def test_json_holds_what_the_guide_says(diff: Run, handbook: Path) -> None:
    raise_letter(handbook)
    whole = json.loads(diff().out)
    assert list(whole) == ["version", "old", "new", "changes", "roles", "jobs", "consents", "summary"]
    (changed,) = whole["changes"]
    assert changed == {
        "kind": "letters-changed",
        "sentence": BECOMES,
        "about": {"kind": "process", "id": "incident", "name": "Incident Management"},
        "thing": {"kind": "activity", "id": "incident/diagnose", "name": "Find the cause"},
        "field": None,
        "role": "specialist",
        "old": ["C"],
        "new": ["R", "C"],
        "place": {"side": "new", "path": INCIDENT, "line": 2, "column": 23},
    }
    assert whole["summary"] == {"changes": 1, "roles": 2, "jobs": 2}


def test_markdown_begins_with_the_summary_and_folds_the_rest(diff: Run, handbook: Path) -> None:
    raise_letter(handbook)
    lines = diff(format="markdown").out.splitlines()
    assert lines[0] == "### What changes in the handbook: 1 change, for 2 roles and 2 jobs"
    headings = [
        "**Who is affected**",
        "**Who has to agree**",
        "<details><summary>Incident Management (process): 1 change</summary>",
    ]
    places = [lines.index(heading) for heading in headings]
    assert places == sorted(places)
    assert lines.count("</details>") == sum(line.startswith("<details>") for line in lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_authors_wrote_shows_as_it_is(text: str) -> None:
    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    rendered = made.render(f"- {escaped(text)}\n")
    words = html.unescape(re.sub(r"</?(?:ul|li)>", "", rendered)).strip()
    assert words.replace("\u200b", "") == text
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.", rendered, re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_authors_wrote_takes_effect_in_a_comment(diff: Run, handbook: Path, text: str) -> None:
    quoted = json.dumps(text)
    change(handbook, PROCESS, "name: Incident Management", f"name: {quoted}")
    change(handbook, PROCESS, "      - Write down who reports what.", f"      - {quoted}")
    change(handbook, AGENT, "name: Service Desk Agent", f"name: {quoted}")
    change(handbook, INCIDENT, "close: {R: agent,", "close: {R: specialist,")
    out = diff(format="markdown").out
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(out)
    tags = set(re.findall(r"<(/?[a-z0-9]+)", rendered))
    plain = {"h3", "p", "strong", "ul", "li", "details", "summary", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag.removeprefix("/") for tag in tags} <= plain
    outside = re.sub(r"<code>.*?</code>", "", rendered)
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.", outside, re.IGNORECASE)
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_a_comment_that_would_be_too_long_is_cut_with_a_word(diff: Run, handbook: Path) -> None:
    term = "  - id: term-{0}\n    name: term {0} " + "x" * 60 + "\n    means: Something.\n"
    glossary = handbook / "process_defs/glossary.yaml"
    glossary.write_text(glossary.read_text() + "".join(term.format(number) for number in range(2000)))
    out = diff(format="markdown").out
    assert LONGEST - 1000 < len(out) <= LONGEST
    assert out.count("<details>") == out.count("</details>") == 1
    assert re.search(r"\n1,\d{3} lines more did not fit here: `rolebook diff` shows all\.\n$", out)


def test_a_summary_that_would_be_too_long_is_cut_too(diff: Run, handbook: Path) -> None:
    for number in range(200):
        text = f'name: "{"&" * 150}{number}"\nfunction: it\npurpose: Look on.\n'
        (handbook / f"raci/roles/role-{number}.yaml").write_text(text, encoding="utf-8")
    out = diff(format="markdown").out
    assert len(out) <= LONGEST
    assert out.count("<details>") == out.count("</details>") > 0
    assert out.endswith("more did not fit here: `rolebook diff` shows all.\n")


def test_nothing_is_left_behind(diff: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert told(diff("HEAD", "HEAD")) == []
    assert list(temporary.iterdir()) == []
