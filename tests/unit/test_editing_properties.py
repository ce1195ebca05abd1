"""Handbooks in any layout are repaired without a change to anything but what was wrong."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rolebook.editing.files.writing import write
from rolebook.editing.repairs.repair import Repair, repair
from rolebook.loading import load
from rolebook.source.decode import lines_of
from tests.conftest import ROOT

GIVEN = ROOT / "docs/checks/given"
MANY = 1000 if os.environ.get("ROLEBOOK_FULL") else 8
TODAY = date(2026, 6, 30)
FOLDERS = ("process_defs", "raci")
IDS = re.compile(r"(?<![\w/-])(?:change-manager|incident-manager|specialist|incident/\w+|change/\w+)(?![\w/-])")


def files(handbook: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((handbook / folder).rglob("*.yaml"))


def laid_out(draw: st.DrawFn, text: str) -> str:
    """The text of a file in some other layout, which says the same."""
    lines: list[str] = []
    for given_line in text.splitlines():
        line = given_line
        quote = draw(st.sampled_from(["", "", "'", '"']))
        if quote and (found := re.fullmatch(r"([ -]*[a-z_]+: )([A-Z][^'\"#:]*)", line)):
            line = f"{found[1]}{quote}{found[2]}{quote}"
        if draw(st.integers(0, 3)) == 0:
            line += draw(st.sampled_from([" # why", '   # it\'s "so"', "  "]))
        lines.append(line)
        if draw(st.integers(0, 9)) == 0:
            lines.append(draw(st.sampled_from(["", "# a remark: {with} 'marks'", "        # far in"])))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + draw(st.sampled_from(["", end, end * 3]))


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, bytes]:
    """The given handbook in some layout: the bytes of its files."""
    return {
        file.relative_to(GIVEN).as_posix(): laid_out(draw, file.read_text(encoding="utf-8")).encode()
        for file in files(GIVEN)
    }


def repaired(contents: dict[str, bytes], check: Callable[[Path, Repair], None]) -> None:
    """Repair a handbook of these files by all fixes, write that, and check what has come of it."""
    with tempfile.TemporaryDirectory() as made:
        handbook = Path(shutil.copytree(GIVEN, Path(made) / "handbook"))
        for path, data in contents.items():
            (handbook / path).write_bytes(data)
        result = repair(handbook, TODAY, unsafe=True)
        write(handbook, result.before, result.after)
        check(handbook, result)
        assert repair(handbook, TODAY, unsafe=True).after == {}


@settings(max_examples=MANY, deadline=None, phases=[Phase.generate])
@given(layouts(), st.data())
def test_a_misspelt_id_is_put_right_byte_for_byte(layout: dict[str, bytes], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path, text in layout.items() if IDS.search(text.decode())]))
    text = layout[path].decode()
    found = data.draw(st.sampled_from([*IDS.finditer(text)]))
    letter = data.draw(st.integers(found.start() + len(found[0]) // 2 + 1, found.end() - 2))
    wrong = (text[:letter] + text[letter + 1 :]).encode()

    def check(handbook: Path, result: Repair) -> None:
        assert set(result.after) <= {path}
        assert (handbook / path).read_bytes() in (wrong, layout[path])
        if result.repaired:
            assert (handbook / path).read_bytes() == layout[path]

    repaired({**layout, path: wrong}, check)


@settings(max_examples=MANY, deadline=None, phases=[Phase.generate])
@given(layouts(), st.sampled_from(["log", "diagnose", "swarm", "close"]), st.booleans())
def test_what_is_missing_is_added_between_lines_that_stay(layout: dict[str, bytes], row: str, taken: bool) -> None:
    matrix, process = "raci/matrices/incident.yaml", "process_defs/processes/change.yaml"
    contents = dict(layout)
    text = layout[matrix].decode("utf-8-sig")
    without = re.sub(rf"^{row}:[^\n\r]*(?:\r\n|\r|\n|$)|(?<=[\n\r]){row}:[^\n\r]*(?:\r\n|\r|\n|$)", "", text)
    contents[matrix] = without.encode("utf-8-sig" if layout[matrix].startswith(b"\xef\xbb\xbf") else "utf-8")
    if taken:
        gone = rb"takes:[^\n\r]*(?:\r\n|\r|\n)(?:[ ]*#?[^\n\r]*(?:\r\n|\r|\n))*?(?=activities:)"
        contents[process] = re.sub(gone, b"", layout[process])

    def check(handbook: Path, result: Repair) -> None:
        assert result.left == ()
        assert set(result.after) <= {matrix, process}
        for path in result.after:
            kept = iter(lines_of((handbook / path).read_bytes().decode("utf-8-sig")))
            assert all(line in kept for line in lines_of(contents[path].decode("utf-8-sig")) if line)
            assert (handbook / path).read_bytes()[:3].count(b"\xef") == contents[path][:3].count(b"\xef")
        assert load(handbook).handbook.roles == load(GIVEN).handbook.roles

    repaired(contents, check)
