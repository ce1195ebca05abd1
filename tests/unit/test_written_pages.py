"""Pages that are written by hand: read, checked, published and changed like everything else in a handbook."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.loading import load
from rolebook.model.values import PAGE_LINK
from rolebook.pages import Chapter, Links, Page, handbook_pages, navigation
from rolebook.publishing.exports import exports
from tests.conftest import ROOT, TODAY, Result

FOLDER = "process_defs/pages"
EXAMPLE = re.search(r'```markdown title="([^"]+)"\n(.*?)^```$', (ROOT / "docs/guide/pages.md").read_text(), re.M | re.S)
HOSTILE = (
    """# <script>alert(1)</script> "q" {{ config }}

A & B <img src=x onerror=alert(2)> [x](javascript:alert%283%29) [y](data:text/html,<b>) {% raw %} ]]>

## </svg><b onmouseover="x">

| <th> | {: .x #y } |
|---|---|
| [a](https://example.org/"onclick="x) | `</code><script>` |

```html
</code></pre><script>alert(4)</script>

    &amp;
```

### שלום 😀

"""
    + "w" * 300
    + "\n"
)


def put(handbook: Path, id: str, text: str) -> Path:
    file = handbook / FOLDER / f"{id}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def told(handbook: Path) -> list[str]:
    found = all_findings(load(handbook), date.fromisoformat(TODAY))
    return [f"{d.span.path.rpartition('/')[2]}:{d.span.line}:{d.span.column} {d.rule.code}" for d in found]


def pages(handbook: Path) -> dict[str, Page]:
    return {page.path: page for page in handbook_pages(load(handbook).handbook, Links(directory_urls=False))}


def chapter(handbook: Path) -> Chapter | None:
    return next((c for c in navigation(load(handbook).handbook) if c.title == "Guides"), None)


def html(page: Page) -> str:
    return "\n".join([page.lead, *(section.body for section in page.sections)])


def test_the_example_of_the_guide_has_no_findings_and_shows_names(given: Path) -> None:
    assert EXAMPLE
    put(given, "welcome", EXAMPLE[2])
    assert told(given) == []
    shown = html(pages(given)["pages/welcome"])
    assert '<a href="../roles/agent.html">Service Desk Agent</a>' in shown
    assert '<a href="../processes/incident/procedure.html#log">takes reports</a>' in shown
    assert '<a href="../glossary.html#fault">' in shown


def test_the_guide_names_every_kind_of_link() -> None:
    section = (ROOT / "docs/guide/pages.md").read_text().partition("## Links to")[2].partition("\n| ")[0]
    assert set(re.findall(r"`([a-z-]+):`", section)) == set(PAGE_LINK.kinds)


def test_a_page_has_its_title_description_sections_and_source(given: Path) -> None:
    put(
        given, "a", "# A *fine* page\n\nFor [](role:agent) & all. More.\n\n## One\n\nx\n\n### Two\n\ny\n\n## One\n\nz\n"
    )
    page = pages(given)["pages/a"]
    assert (page.kind, page.title) == ("written", "A fine page")
    assert page.description == "For Service Desk Agent & all."
    assert [(s.id, s.heading, s.level, s.body) for s in page.sections] == [
        ("one", "One", 2, "<p>x</p>"),
        ("two", "Two", 3, "<p>y</p>"),
        ("one-2", "One", 2, "<p>z</p>"),
    ]
    assert page.source
    assert page.source.path == f"{FOLDER}/a.md"
    assert [s.source.line for s in page.sections if s.source] == [5, 9, 13]


def test_pages_stand_in_the_order_of_their_titles_and_only_where_there_are_any(given: Path) -> None:
    assert chapter(given) is None
    assert "pages/index" not in pages(given)
    put(given, "a", "# Zebra\n\nFor all. Really.\n")
    put(given, "z", "# apple\n\nFor some.\n")
    found = chapter(given)
    assert found
    assert (found.path, [part.path for part in found.parts]) == ("pages/index", ["pages/z", "pages/a"])
    listed = html(pages(given)["pages/index"])
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a><p>([^<]+)</p>', listed) == [
        ("z.html", "apple", "For some."),
        ("a.html", "Zebra", "For all."),
    ]


def test_text_of_an_author_shows_as_it_is_written(given: Path) -> None:
    put(given, "hostile", HOSTILE)
    page = pages(given)["pages/hostile"]
    assert page.title == '<script>alert(1)</script> "q" {{ config }}'
    shown = html(page).replace("<wbr>", "")
    assert not re.findall(r"<(?!/?(?:p|table|thead|tbody|tr|th|td|code|pre|section|wbr|a)\b)[^>]*>", shown)
    assert re.findall(r'href="([^"]*)"', shown) == ["https://example.org/%22onclick=%22x"]
    assert "&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(4)&lt;/script&gt;&#10;&#10;    &amp;amp;&#10;" in shown
    assert "&lt;img src=x onerror=alert(2)&gt;" in shown
    assert "{% raw %}" in shown


def test_tables_of_a_page_have_labels_of_their_own(given: Path) -> None:
    table = "| a |\n|---|\n| b |\n\n"
    put(given, "a", f"# A\n\n{table}{table}## A\n\n{table}## B\n\n{table}{table}## B\n\n{table}")
    labels = re.findall(r'aria-label="([^"]*)"', html(pages(given)["pages/a"]))
    assert len(labels) == len(set(labels)) == 6


@pytest.mark.parametrize(
    ("target", "code"),
    [("role:agnt", "RB101"), ("agent", "RB101"), ("activity:incident/lug", "RB101"), ("page:b", "RB101")],
)
def test_a_link_that_leads_nowhere_is_told_with_its_place(given: Path, target: str, code: str) -> None:
    put(given, "a", f"# A\n\nSee `[](role:x)` and [this]({target}).\n")
    assert told(given) == [f"a.md:3:{len('See `[](role:x)` and [this](') + 1} {code}"]


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("role:agnt", "role:agent"),
        ("Role:agent", "role:agent"),
        ("agent", "role:agent"),
        ("process:incident/log", "activity:incident/log"),
        ("role:incident", "process:incident"),
    ],
)
def test_a_slip_in_a_link_is_mended(given: Path, target: str, mended: str, rolebook: Callable[..., Result]) -> None:
    file = put(given, "a", f"# A\n\n[x](role:agent) [x]({target}) *{target}*\n")
    rolebook("--directory", given, "check", "--fix", "--unsafe-fixes")
    assert file.read_text() == f"# A\n\n[x](role:agent) [x]({mended}) *{target}*\n"


def test_what_only_a_page_speaks_of_is_not_in_use(given: Path) -> None:
    role = (given / "raci/roles/specialist.yaml").read_text()
    (given / "raci/roles/archivist.yaml").write_text(re.sub("name: .*", "name: Archivist", role))
    before = [one for one in told(given) if "RB105" in one]
    put(given, "a", "# A\n\n[](role:archivist)\n")
    assert [one for one in told(given) if "RB105" in one] == before != []


def test_a_link_to_a_role_that_was_merged_is_mended(given: Path, rolebook: Callable[..., Result]) -> None:
    put(given, "a", "# A\n\n[](role:clerk)\n")
    (given / "raci/roles/clerk.yaml").write_text(
        "name: Clerk\nfunction: it\npurpose: Write.\nstatus: merged\nmerged_into: agent\n"
    )
    assert told(given) == ["a.md:3:4 RB102"]
    rolebook("--directory", given, "check", "--fix")
    assert told(given) == []


def test_a_name_out_of_use_is_found_and_mended_across_lines(given: Path, rolebook: Callable[..., Result]) -> None:
    (given / "raci/roles/clerk.yaml").write_text(
        "name: Counter Clerk\nfunction: it\npurpose: Write.\nstatus: merged\nmerged_into: agent\n"
    )
    file = put(given, "a", "# A\n\nAsk the Counter\nClerk, or [the counter clerk](role:agent).\n\n    Counter Clerk\n")
    assert told(given) == ["a.md:3:9 RB104", "a.md:4:16 RB104"]
    rolebook("--directory", given, "check", "--fix", "--unsafe-fixes")
    changed = "# A\n\nAsk the Service Desk Agent, or [the Service Desk Agent](role:agent).\n\n    Counter Clerk\n"
    assert file.read_text() == changed


def test_a_name_with_marks_in_it_is_not_written_into_a_page(given: Path, rolebook: Callable[..., Result]) -> None:
    agent = given / "raci/roles/agent.yaml"
    agent.write_text(agent.read_text().replace("name: Service Desk Agent", "name: Agent [new](role:agent)"))
    (given / "raci/roles/clerk.yaml").write_text(
        "name: Counter Clerk\nfunction: it\npurpose: Write.\nstatus: merged\nmerged_into: agent\n"
    )
    file = put(given, "a", "# A\n\nAsk the Counter Clerk.\n")
    rolebook("--directory", given, "check", "--fix", "--unsafe-fixes")
    assert file.read_text() == "# A\n\nAsk the Counter Clerk.\n"


@pytest.mark.parametrize(
    ("kind", "old", "new", "before", "after"),
    [
        ("role", "agent", "clerk", "[](role:agent) `role:agent`", "[](role:clerk) `role:agent`"),
        ("process", "incident", "faults", "[](activity:incident/log)", "[](activity:faults/log)"),
        ("activity", "incident/log", "note", "[](activity:incident/log)", "[](activity:incident/note)"),
        ("process", "incident", "faults", "| a \\| b |\n|---|\n| \\| [](process:incident)", None),
    ],
)
def test_links_follow_a_new_id(
    given: Path, rolebook: Callable[..., Result], kind: str, old: str, new: str, before: str, after: str | None
) -> None:
    file = put(given, "a", f"# A\n\n{before}\n")
    assert rolebook("--directory", given, "rename", kind, old, new).code == 0
    assert file.read_text() == f"# A\n\n{after or before.replace(':incident', ':faults')}\n"
    assert told(given) == []


def test_links_follow_a_merger(given: Path, rolebook: Callable[..., Result]) -> None:
    role = (given / "raci/roles/specialist.yaml").read_text()
    (given / "raci/roles/archivist.yaml").write_text(re.sub("name: .*", "name: Archivist", role))
    file = put(given, "a", "# A\n\n[](role:archivist) and [](role:archivist)\n")
    assert rolebook("--directory", given, "merge-role", "archivist", "specialist").code == 0
    assert file.read_text() == "# A\n\n[](role:specialist) and [](role:specialist)\n"


def test_a_role_that_a_page_needs_is_not_retired(given: Path, rolebook: Callable[..., Result]) -> None:
    role = (given / "raci/roles/specialist.yaml").read_text()
    (given / "raci/roles/archivist.yaml").write_text(re.sub("name: .*", "name: Archivist", role))
    put(given, "a", "# A\n\n[](role:archivist)\n")
    result = rolebook("--directory", given, "retire-role", "archivist")
    assert result.code == 2
    assert f"{FOLDER}/a.md:3:4: this page speaks of it" in result.err


def test_words_of_a_page_that_say_an_old_id_are_told(given: Path, rolebook: Callable[..., Result]) -> None:
    put(given, "a", "# A\n\n## incident-manager\n\nSee incident-manager, [x](role:incident-manager).\n")
    result = rolebook("--directory", given, "rename", "role", "incident-manager", "incident-lead")
    assert f"{FOLDER}/a.md:3:4: ## incident-manager" in result.out
    assert f"{FOLDER}/a.md:5:5: See incident-manager, [x](role:incident-lead)." in result.out


def test_a_new_page_waits_for_its_text(given: Path, rolebook: Callable[..., Result]) -> None:
    assert rolebook("--directory", given, "new", "page", "night", "--name", "Night *and* [day](x)").code == 0
    assert (given / FOLDER / "night.md").read_text() == "# Night \\*and\\* \\[day\\](x)\n"
    assert told(given) == ["night.md:1:3 RB018"]
    assert load(given).handbook.pages["night"].name == "Night *and* [day](x)"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{FOLDER}/sub/a.md", "RB010"),
        (f"{FOLDER}/a.markdown", "RB010"),
        (f"{FOLDER}/a.txt", "RB010"),
        (f"{FOLDER}/a.yaml", "RB010"),
        (f"{FOLDER}/a.MD", "RB010"),
        ("process_defs/page/a.md", "RB010"),
        ("raci/pages/a.md", "RB010"),
        (f"{FOLDER}/First Day.md", "RB008"),
        (f"{FOLDER}/README.md", "RB008"),
        (f"{FOLDER}/index.md", "RB008"),
    ],
)
def test_a_page_that_would_not_be_read_is_told(given: Path, path: str, code: str) -> None:
    file = given / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# A\n\nb\n")
    assert told(given) == [f"{file.name}:1:1 {code}"]


def test_notes_elsewhere_and_images_beside_pages_are_left_alone(given: Path) -> None:
    put(given, "a", "# A\n\nb\n")
    (given / FOLDER / "a.png").write_bytes(b"")
    (given / "process_defs/README.md").write_text("notes")
    (given / "raci/roles/notes.md").write_text("notes")
    assert told(given) == []


def test_two_pages_that_are_one_on_windows_are_told(given: Path) -> None:
    put(given, "a", "# A\n\nb\n")
    put(given, "A", "# B\n\nb\n")
    assert told(given) == ["A.md:1:1 RB010"]


def test_a_link_of_the_file_system_is_not_followed(given: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nsecret\n")
    (given / FOLDER).mkdir()
    (given / FOLDER / "a.md").symlink_to(tmp_path / "secret.md")
    assert told(given) == ["a.md:1:1 RB010"]
    assert not load(given).handbook.pages


def test_a_number_sign_in_a_page_hides_nothing(given: Path) -> None:
    put(given, "a", "# A\n\n[](role:x) # rolebook: ignore RB101 - no\n\n## rolebook: ignore\n\nb\n")
    assert told(given) == ["a.md:3:4 RB101"]


def test_nothing_is_concluded_from_a_page_that_cannot_be_read(given: Path) -> None:
    put(given, "a", "# A\n\n[](page:b)\n")
    (given / FOLDER / "b.md").write_bytes(b"# B\xff\n")
    assert told(given) == ["b.md:1:4 RB003"]


def test_programs_find_the_pages(given: Path) -> None:
    put(given, "a", "Title\n=====\n\nSee [](role:agent).\n\n## More\n\nx\n")
    handbook, links = load(given).handbook, Links(directory_urls=False)
    files = exports(handbook, handbook_pages(handbook, links), navigation(handbook), links, None)
    assert json.loads(files["handbook.json"])["pages"] == {
        "a": {"id": "a", "name": "Title", "text": "See [](role:agent).\n\n## More\n\nx", "url": "pages/a.html"}
    }
    assert "## Guides\n\n- [Guides](pages/index.html)" in files["llms.txt"].decode()
    assert "- [Title](pages/a.html): See Service Desk Agent." in files["llms.txt"].decode()


def test_a_handbook_without_pages_needs_no_library_of_markdown(given: Path) -> None:
    code = "import sys; from pathlib import Path; from rolebook.loading import load; load(Path(sys.argv[1]))"

    def imported() -> str:
        command = [sys.executable, "-c", f"{code}; print('markdown_it' in sys.modules)", str(given)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert imported() == "False"
    put(given, "a", "# A\n\nb\n")
    assert imported() == "True"
