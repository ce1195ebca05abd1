"""Files made to break things: the command says what is wrong and where, within three seconds, 300 MB and a few lines.

Each is laid over the small clean handbook. The command runs under limits of the system, so that one that needs more
is killed; the formats are then tried in process.
"""

import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from rolebook.checks import all_findings
from rolebook.checks.flood import MOST_IN_ALL
from rolebook.loading import files, load
from rolebook.model.kinds import KINDS
from rolebook.reporting import FORMATS
from tests.conftest import TODAY, Result

LIMITS = 'ulimit -v 300000; ulimit -t 3; exec "$@"'
MOST_SHOWN = 50_000
"""How many characters a report may have."""

ROLE = "raci/roles/agent.yaml"
HEAD = "name: Service Desk Agent\nfunction: service-desk\n"
WHOLE = f"{HEAD}purpose: Take every report.\n"
_FINDING = re.compile(r"(\S+:\d+:\d+): (?:error|warning)\[(RB\d{3})\] (.*)")


class Told(NamedTuple):
    """A finding as the report shows it."""

    place: str
    code: str
    message: str


def checked(handbook: Path, format: str = "text") -> Result:
    """What the command says of a handbook, run under the limits."""
    command = [sys.executable, "-m", "rolebook", "--directory", str(handbook), "check", "--today", TODAY]
    run = subprocess.run(
        ["/bin/sh", "-c", LIMITS, "sh", *command, "--format", format], check=False, capture_output=True, text=True
    )
    return Result(run.returncode, run.stdout, run.stderr)


def told(result: Result) -> list[Told]:
    """The findings of a report in text that came to its end."""
    assert (result.code, result.err) in ((0, ""), (1, "")), result.err[-2000:] or result.code
    size = len(result.out)
    assert size <= MOST_SHOWN
    return [Told(*found.groups()) for found in map(_FINDING.fullmatch, result.out.splitlines()) if found]


def put(handbook: Path, path: str, content: str | bytes) -> None:
    file = handbook / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True))

FILES: dict[str, tuple[str | bytes, str, str, str]] = {
    "an alias bomb": (BOMB, "1:4", "RB002", "'&a' is an anchor"),
    "lists without end": ("name: " + "[" * 100_000, "1:56", "RB002", "more than 50 deep"),
    "braces without end": ("name: " + "{a: " * 100_000, "1:203", "RB002", "more than 50 deep"),
    "items without end": ("- " * 100_000, "1:101", "RB002", "more than 50 deep"),
    "key marks without end": ("? " * 100_000, "1:101", "RB002", "more than 50 deep"),
    "keys without end": ("".join(f"{' ' * n}k:\n" for n in range(1300)), "51:51", "RB002", "more than 50 deep"),
    "values without end": (WHOLE + "aliases:\n" + "- a\n" * 200_000, "49994:3", "RB002", "more than 50,000 values"),
    "50 MB of text": (b"name: " + b"x" * 50_000_000, "1:1", "RB003", "larger than 1.0 MB"),
    "50 MB of nothing": (bytes(50_000_000), "1:1", "RB003", "larger than 1.0 MB"),
    "a line of 900 kB that breaks off": (f'{HEAD}purpose: "{"y" * 900_000}\n', "3:10", "RB001", "never closed"),
    "a name of 900 kB": (f"{WHOLE}deputies: {'y' * 900_000}\n", "4:11", "RB101", "there is no role 'yyyy"),
    "a key of 900 kB": (f"{'y' * 900_000}: x\n", "1:900001", "RB001", "a colon stands where none can"),
    "NUL": (f"{HEAD}purpose: a\0b\n", "3:11", "RB003", "U+0000"),
    "a byte that is not UTF-8": (f"{HEAD}purpose: ".encode() + b"\xfc", "3:10", "RB003", "not UTF-8 from here on"),
    "half a character": (f"{HEAD}purpose: a".encode() + b"\xe2\x82", "3:11", "RB003", "not UTF-8 from here on"),
    "a surrogate": (f"{HEAD}purpose: ".encode() + b"\xed\xa0\x80", "3:10", "RB003", "not UTF-8 from here on"),
    "UTF-16": (WHOLE.encode("utf-16"), "1:1", "RB003", "written in UTF-16"),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-le"), "1:1", "RB003", "written in UTF-16"),
    "UTF-16 the other way": (WHOLE.encode("utf-16-be"), "1:1", "RB003", "written in UTF-16"),
    "UTF-32": (WHOLE.encode("utf-32"), "1:1", "RB003", "written in UTF-32"),
    "a document of an office": (b"PK\x03\x04\x14\0\x06\0", "1:1", "RB003", "an Office document or a ZIP file"),
    "an image": (b"\x89PNG\r\n\x1a\n", "1:1", "RB003", "this is an image, not YAML"),
    "a mark of byte order within": (f"{HEAD}purpose: a\ufeff b\n", "3:11", "RB003", "U+FEFF"),
    "a next line": (f"{HEAD}purpose: a\x85b\n", "3:11", "RB003", "an invisible separator (U+0085)"),
    "a line separator": (f"{HEAD}purpose: a\u2028b\n", "3:11", "RB003", "an invisible separator (U+2028)"),
    "a page break": (f"{HEAD}purpose: a\fb\n", "3:11", "RB003", "an invisible separator (U+000C)"),
    "text turned around": (f"{HEAD}purpose: a \u202eb\u202c\n", "3:12", "RB003", "in another order than it has"),
    "a comment turned around": (f"{WHOLE}# \u2067 b\n", "4:3", "RB003", "in another order than it has"),
    "a tab": (f"{HEAD}\tpurpose: a\n", "3:1", "RB001", "a tab stands where spaces must"),
    "two documents": (f"{WHOLE}---\nname: x\n", "4:1", "RB002", "a second document begins here"),
    "text behind the end": (f"{WHOLE}...\nkind: x\n", "4:1", "RB001", "three dots end the file"),
    "nothing but an end": ("...\n", "1:1", "RB001", "three dots end the file"),
    "a list as a key": (f"{WHOLE}? [a]\n: b\n", "4:3", "RB002", "stands where a key should"),
    "keys as a key": (f"{WHOLE}{{a: b}}: c\n", "4:1", "RB002", "stands where a key should"),
    "a number as a key": (f"{WHOLE}1: b\n", "4:1", "RB005", "'1' is not a key"),
    "null as a key": (f"{WHOLE}null: b\n", "4:1", "RB005", "'null' is not a key"),
    "no key": (f"{WHOLE}: b\n", "4:1", "RB001", "no key stands in front of this colon"),
    "a tag on a key": (f"{WHOLE}!!python/name:os.system : b\n", "4:1", "RB002", "a tag of YAML"),
    "empty": ("", "1:1", "RB001", "the file is empty"),
    "only a comment": ("# To be written.\n", "1:1", "RB001", "the file is empty"),
    "only empty lines": ("\n" * 900_000, "1:1", "RB001", "the file is empty"),
    "line ends of old Macs": (f"{WHOLE}x: y\n".replace("\n", "\r"), "4:1", "RB005", "'x' is not a key"),
    "conflict marks": ("<<<<<<< a\n" * 90_000, "1:1", "RB001", "a merge conflict"),
    "marks of quotation": ("name: '" + "''" * 450_000, "1:7", "RB001", "never closed"),
    "nothing but a beginning": ("---\n", "1:1", "RB001", "the file is empty"),
    "beginnings without end": ("---\n" * 200_000, "2:1", "RB002", "a second document begins here"),
    "a key of no letters": (f'{WHOLE}"": b\n', "4:1", "RB002", "a key is missing here"),
    "a mark without its key": (f"{WHOLE}? \n: b\n", "4:2", "RB002", "a key is missing here"),
    "a key turned around": (f'{WHOLE}"\\u202ea": b\n', "4:2", "RB003", "in another order than it has"),
    "a key that only looks right": (f"{WHOLE}deput\u0456es: x\n", "4:6", "RB005", "a Cyrillic letter"),
    "a role that only looks right": (f"{WHOLE}deputies: spec\u0456alist\n", "4:15", "RB101", "a Cyrillic letter"),
    "number signs": (f"{HEAD}kind:{' #' * 450_000}\n", "3:6", "RB006", "'kind' has no value"),
}
"""The content of a role's file, and what is told of it: the place, the code, and words of the message."""


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_with_its_place_under_the_limits(name: str, given: Path) -> None:
    content, place, code, words = FILES[name]
    put(given, ROLE, content)
    found = told(checked(given))
    assert any((f.place, f.code) == (f"{ROLE}:{place}", code) and words in f.message for f in found), found
    assert all(f.place.startswith(f"{ROLE}:") for f in found), found


@pytest.mark.parametrize("name", FILES)
def test_every_format_tells_of_it(name: str, given: Path, rolebook: Callable[..., Result]) -> None:
    content, place, code, _ = FILES[name]
    put(given, ROLE, content)
    line = place.partition(":")[0]
    for format in FORMATS:
        result = rolebook("--directory", given, "check", "--today", TODAY, "--format", format)
        assert (result.code, result.err) == (1, "")
        assert code in result.out
        assert line in result.out


FLOODS = {
    "the same alias": "a: &a [x]\nb: [" + ", ".join(["*a"] * 45_000) + "]\n",
    "the same anchor": "aliases:\n" + "  - &a b\n" * 45_000,
    "the same key": WHOLE + "name: x\n" * 24_000,
    "items glued to a text": f"{HEAD}purpose: a\n" + "  - x\n" * 100_000,
    "texts cut short": WHOLE + "aliases:\n" + "  - a #b\n" * 45_000,
    "roles that do not exist": WHOLE + "deputies:\n" + "".join(f"  - role-{n}\n" for n in range(45_000)),
    "keys that do not exist": WHOLE + "".join(f"name-{n}: x\n" for n in range(24_000)),
    "comments that ignore nothing": "# rolebook: ignore RB206 - x\n" * 30_000 + WHOLE,
    "values of the wrong type": f"{WHOLE}holders:\n" + "".join(f"  k{n}: {{a: b}}\n" for n in range(12_000)),
    "comments that say nothing": "# rolebook: ignore\n" * 45_000 + WHOLE,
    "signs that a backslash makes": f"{WHOLE}aliases:\n" + '  - "\\0"\n' * 45_000,
    "an anchor of 900 kB": f"{WHOLE}aliases: &{'y' * 900_000} x\n",
    "a key of 900 kB written out": f'{WHOLE}? "{"y" * 900_000}"\n: x\n',
    "a number of 900 kB": f"{WHOLE}holders: {{least: {'1' * 900_000}, most: 2}}\n",
}
FLOODS_TRIED_ALWAYS = ("the same alias", "roles that do not exist", "a key of 900 kB written out")


@pytest.mark.parametrize(
    "name", [name if name in FLOODS_TRIED_ALWAYS else pytest.param(name, marks=pytest.mark.full) for name in FLOODS]
)
def test_a_flood_of_findings_stays_a_report_that_can_be_read(name: str, given: Path) -> None:
    put(given, ROLE, FLOODS[name])
    assert told(checked(given))


def in_full(handbook: Path) -> list[Told]:
    """What is told of a handbook under the limits, however much it is."""
    result = checked(handbook, "concise")
    assert (result.code, result.err) in ((0, ""), (1, "")), result.err[-2000:] or result.code
    return [Told(*found.groups()) for found in map(_FINDING.fullmatch, result.out.splitlines()) if found]


ROLES = {
    "nothing": ("", "RB001"),
    "the same name": (WHOLE, "RB103"),
    "a key that does not exist": (f"{WHOLE}deputys: x\n", "RB005"),
}


@pytest.mark.parametrize("number", [1_500, pytest.param(5_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("name", ROLES)
def test_a_flood_of_files_is_told_by_the_first_and_counted(name: str, number: int, given: Path) -> None:
    content, code = ROLES[name]
    for one in range(number):
        put(given, f"raci/roles/r{one}.yaml", content)
    found = [f.message for f in in_full(given) if f.code == code]
    assert len(found) == MOST_IN_ALL + 1
    assert re.search(r"^[\d,]+ more of this kind are found from here on, in this file and [\d,]+ after it$", found[-1])


ID = "process_defs/processes/change.yaml"
DISGUISED = {
    "c\u0430rry-out": "the '\u0430' in it is a Cyrillic letter that only looks like 'a'",
    "carry-\u03bfut": "the '\u03bf' in it is a Greek letter that only looks like 'o'",
    "carry-\uff4fut": "the '\uff4f' in it is not the plain 'o'",
    "carry\u2011out": "the '\u2011' in it is a dash, not a hyphen",
    "carry-\u200dout": "an invisible character (U+200D) stands in it",
    "carry-\u00adout": "an invisible character (U+00AD) stands in it",
}


@pytest.mark.parametrize("id", DISGUISED, ids=ascii)
def test_an_id_that_only_looks_right_is_told_with_the_letter_and_what_to_type(id: str, given: Path) -> None:
    put(given, ID, (given / ID).read_text(encoding="utf-8").replace("id: carry-out", f"id: {id}"))
    at = next(at for at, letter in enumerate(id) if not letter.isascii())
    result = checked(given)
    assert [(f.place, f.code, f.message.partition(": ")[2]) for f in told(result)] == [
        (f"{ID}:16:{9 + at}", "RB008", DISGUISED[id])
    ]
    assert "help: Type it anew: carry-out\n" in result.out


@pytest.mark.parametrize("id", ["\u0441\u043a\u043b\u0430\u0434", "\u0440\u043e\u0441\u0442"], ids=ascii)
def test_a_word_of_another_script_is_not_taken_for_a_disguise(id: str, given: Path) -> None:
    put(given, ID, (given / ID).read_text(encoding="utf-8").replace("id: carry-out", f"id: {id}"))
    result = checked(given)
    assert [f.message for f in told(result)] == [f"'{id}' is not an id"]
    assert "Type it anew" not in result.out
    assert "For example" not in result.out


def test_an_id_with_an_accent_gets_one_without_as_an_example(given: Path) -> None:
    put(given, ID, (given / ID).read_text(encoding="utf-8").replace("id: carry-out", "id: Ausf\u00fchren-f\u00fcr"))
    assert "For example: ausfuehren-fuer\n" in checked(given).out


@pytest.mark.parametrize(
    "text", ["'*Every* na\u00efve \u05e9\u05dc\u05d5\u05dd \u200fx'", "\u0646\u0627\u0645\u0647\u200c\u0647\u0627"]
)
def test_signs_that_a_language_needs_may_stand_in_prose(text: str, given: Path) -> None:
    put(given, ROLE, f"{HEAD}deputies: specialist\npurpose: {text}\n")
    assert told(checked(given)) == []


NAMES: dict[str, tuple[str | bytes, str, str]] = {
    "a Cyrillic letter": ("\u0430gent.yaml", "RB008", "is a Cyrillic letter that only looks like 'a'"),
    "text turned around": ("agent\u202elmay.yaml", "RB008", "agent<U+202E>lmay"),
    "a forged line": ("a\n::error::forged.yaml", "RB008", "a<U+000A>::error::forged"),
    "colours of a terminal": ("a\x1b[31m.yaml", "RB008", "a<U+001B>[31m"),
    "bytes that are no text": (b"a\xff\xfe.yaml", "RB008", "a<U+DCFF><U+DCFE>"),
    "other bytes that are no text": (b"a\xff.txt", "RB010", "a<U+DCFF>.txt"),
    "a very long name": (f"{'a' * 250}.yaml", "RB008", "is too long for an id"),
    "a device of Windows": ("con.yaml", "RB008", "a meaning of its own"),
    "a space in front": (" agent.yaml", "RB008", "' agent' is not an id"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_format_tells_of_a_name_of_a_file(name: str, given: Path, rolebook: Callable[..., Result]) -> None:
    named, code, words = NAMES[name]
    (given / "raci/roles" / os.fsdecode(named)).write_text(WHOLE)
    for format in FORMATS:
        result = rolebook("--directory", given, "check", "--today", TODAY, "--format", format)
        assert (result.code, result.err) == (1, "")
        assert code in result.out
        assert "\x1b" not in result.out
        assert "\n::error::forged" not in result.out
        if format in ("text", "concise", "github"):
            assert words in result.out


SECRET = "name: A secret of another folder\n"


def outside(tmp_path: Path) -> Path:
    """A folder beside the handbook, with a file in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "agent.yaml").write_text(SECRET)
    return folder


def leads_out(given: Path, path: str, target: Path | str) -> Result:
    """What is told where a link takes the place of a file or folder; never what the link leads to."""
    place = given / path
    if place.is_dir():
        place.rename(given / "put-away")
    else:
        place.unlink(missing_ok=True)
    place.symlink_to(target)
    result = checked(given)
    assert "secret" not in result.out + result.err
    return result


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (ROLE, "../../../outside/agent.yaml"),
        (ROLE, "agent.yaml"),
        (ROLE, "nowhere"),
        ("process_defs/organisation.yaml", "../../outside/agent.yaml"),
        ("process_defs/checks.yaml", "/dev/zero"),
        ("raci/README.md", "/etc/passwd"),
    ],
)
def test_a_link_in_place_of_a_file_is_not_followed(path: str, target: str, given: Path, tmp_path: Path) -> None:
    outside(tmp_path)
    assert Told(f"{path}:1:1", "RB010", "this is a link, and links are not followed") in told(
        leads_out(given, path, target)
    )


@pytest.mark.parametrize("path", ["raci/roles", "raci/more"])
def test_a_link_in_place_of_a_folder_is_not_followed(path: str, given: Path, tmp_path: Path) -> None:
    found = told(leads_out(given, path, outside(tmp_path)))
    assert Told(f"{path}:1:1", "RB010", "this is a link, and links are not followed") in found


@pytest.mark.parametrize("path", [ROLE, "raci/roles"])
def test_what_a_link_hides_is_not_told_as_missing(path: str, given: Path, tmp_path: Path) -> None:
    assert len(told(leads_out(given, path, outside(tmp_path)))) == 1


def test_settings_that_lead_out_are_not_read(given: Path, tmp_path: Path) -> None:
    found = told(leads_out(given, "mkdocs.yml", outside(tmp_path) / "agent.yaml"))
    message = "the file cannot be opened: it is a link, and links are not followed"
    assert found == [Told("mkdocs.yml:1:1", "RB003", message)]


def test_a_handbook_whose_folder_leads_out_is_none(given: Path, tmp_path: Path) -> None:
    result = leads_out(given, "process_defs", outside(tmp_path))
    assert (result.code, result.out) == (2, "")
    assert "is a link" in result.err


def a_socket(path: Path) -> None:
    """Leave a socket at a path."""
    os.mknod(path, stat.S_IFSOCK | 0o600)


@pytest.mark.parametrize("make", [os.mkfifo, a_socket])
@pytest.mark.parametrize("path", [ROLE, "process_defs/glossary.yaml", "mkdocs.yml"])
def test_what_is_no_ordinary_file_is_not_opened(make: Callable[[Path], None], path: str, given: Path) -> None:
    (given / path).unlink(missing_ok=True)
    try:
        make(given / path)
    except OSError as error:
        pytest.skip(f"no such thing can be made here: {error}")
    found = told(checked(given))
    assert found == [Told(f"{path}:1:1", "RB003", "the file cannot be opened: it is no ordinary file")]


@pytest.mark.parametrize("path", [ROLE, "process_defs/organisation.yaml"])
def test_a_folder_with_the_name_of_a_file_is_told_once(path: str, given: Path) -> None:
    (given / path).unlink()
    put(given, f"{path}/more.yaml", WHOLE)
    found = [f for f in told(checked(given)) if f.code < "RB100"]
    assert found == [Told(f"{path}:1:1", "RB010", "this is a folder with the name of a file")]


@pytest.mark.parametrize("path", [ROLE, "raci/roles"])
def test_what_may_not_be_read_is_told_with_the_reason(path: str, given: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("an administrator may read everything")
    (given / path).chmod(0)
    try:
        found = told(checked(given))
    finally:
        (given / path).chmod(0o755)
    what = "file" if path == ROLE else "folder"
    assert Told(f"{path}:1:1", "RB003", f"the {what} cannot be opened: permission denied") in found


def test_a_folder_that_cannot_be_listed_is_told_with_the_reason_and_nothing_else(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(folder: Path) -> object:
        if folder.name == "roles":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return listed(folder)

    listed = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    (diagnostic,) = all_findings(load(given), date.fromisoformat(TODAY))
    assert (diagnostic.rule.code, diagnostic.span[:3]) == ("RB003", ("raci/roles", 1, 1))
    assert diagnostic.finding.message == "the folder cannot be opened: permission denied"


def test_a_file_that_is_gone_when_it_is_to_be_read_is_told(
    given: Path, monkeypatch: pytest.MonkeyPatch, rolebook: Callable[..., Result]
) -> None:
    def data(directory: Path, file: files.File) -> bytes:
        if file.path == ROLE:
            (directory / ROLE).unlink()
        return read(directory, file)

    read = files.data
    monkeypatch.setattr(files, "data", data)
    found = told(rolebook("--directory", given, "check", "--today", TODAY))
    assert found == [Told(f"{ROLE}:1:1", "RB003", "the file cannot be opened: no such file or directory")]


def test_a_file_that_grows_while_it_is_read_is_read_no_further_than_a_file_may_go(given: Path) -> None:
    put(given, ROLE, b"x" * 5_000_000)
    kind = next(kind for kind in KINDS if kind.name == "role")
    assert len(files.data(given, files.File(ROLE, kind, "agent"))) == 1_000_001


def tells_case(folder: Path) -> bool:
    """Whether two names that differ in capital letters only are two files here."""
    (folder / "a").touch()
    return not (folder / "A").exists()


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("raci/roles/Agent.yaml", "agent.yaml"),
        ("process_defs/processes/change.YAML", "change.yaml"),
        ("process_defs/Glossary.yaml", "glossary.yaml"),
    ],
)
def test_names_that_differ_in_capital_letters_only_are_told_with_both(
    path: str, other: str, given: Path, tmp_path: Path
) -> None:
    if not tells_case(tmp_path):
        pytest.skip("these are one file here")
    put(given, path, WHOLE)
    name = path.rpartition("/")[2]
    result = checked(given)
    message = f"'{name}' and '{other}' differ in capital letters only, and are one on Windows and macOS"
    assert told(result) == [Told(f"{path}:1:1", "RB010", message)]
    assert f"the other one is here: {path.removesuffix(name)}{other}:1:1" in result.out


def test_a_second_folder_that_differs_in_capital_letters_only_is_told(given: Path, tmp_path: Path) -> None:
    if not tells_case(tmp_path):
        pytest.skip("these are one folder here")
    put(given, "RACI/roles/clerk.yaml", WHOLE)
    assert [(f.place, f.code) for f in told(checked(given))] == [("RACI:1:1", "RB010")]


def test_folders_that_lie_very_deep_in_each_other_are_told_where_they_are_too_deep(given: Path) -> None:
    put(given, f"raci/{'d/' * 200}x.yaml", WHOLE)
    assert [(f.place, f.code) for f in told(checked(given))] == [(f"raci/{'/'.join('d' * 10)}:1:1", "RB010")]


@pytest.mark.parametrize("number", [1000, pytest.param(50_000, marks=pytest.mark.full)])
def test_many_files_that_belong_nowhere_are_counted(number: int, given: Path) -> None:
    (given / "raci/rolls").mkdir()
    for one in range(number):
        (given / f"raci/rolls/r{one}.yaml").touch()
    found = told(checked(given))
    assert len(found) == files.MOST_STRAY + 1
    assert found[0] == Told(
        "raci/rolls:1:1",
        "RB010",
        f"{number - files.MOST_STRAY:,} more files lie in this folder that a handbook does not look for",
    )


def test_nothing_that_a_file_names_is_run(given: Path, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    put(given, ROLE, f"{WHOLE}aliases: !!python/object/apply:os.system ['touch {marker}']\n")
    put(given, "mkdocs.yml", f"site_name: !!python/object/apply:os.system ['touch {marker}']\n")
    for module in ("sitecustomize.py", "yaml.py", "rolebook.py", "raci/roles/hook.py"):
        put(given, module, f"open({str(marker)!r}, 'w')\n")
    found = told(checked(given))
    assert {(f.place, f.code) for f in found} >= {(f"{ROLE}:4:10", "RB002"), ("mkdocs.yml:1:12", "RB002")}
    assert not marker.exists()


PLAN = "raci/training_plans/changes.yaml"
NUMBERS = ["1e999", ".inf", ".nan", "-1", "0x1F", "1_000", "1" * 40]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_none_is_told(number: str, given: Path) -> None:
    put(given, PLAN, (given / PLAN).read_text().replace("within_days: 60", f"within_days: {number}"))
    assert told(checked(given)) == [Told(f"{PLAN}:7:16", "RB007", f"'{number}' is not a whole number")]


@pytest.mark.parametrize("number", ["\u0663\u0660", "\uff13\uff10"])
def test_digits_of_other_scripts_are_no_number(number: str, given: Path) -> None:
    put(given, PLAN, (given / PLAN).read_text().replace("within_days: 60", f"within_days: {number}"))
    assert [(f.place, f.code) for f in told(checked(given))] == [(f"{PLAN}:7:16", "RB007")]


@pytest.mark.parametrize("day", ["9999-99-99", "0000-00-00", "2026-02-30", "\u0662\u0660\u0662\u0666-02-02"])
def test_a_day_that_is_none_is_told(day: str, given: Path) -> None:
    put(given, ID, (given / ID).read_text(encoding="utf-8").replace("2026-02-02", day))
    assert [(f.place, f.code) for f in told(checked(given))] == [(f"{ID}:25:51", "RB007")]


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\x07", r"\u202e", r"\u2028", r"\L", r"\U0000feff"])
def test_what_may_not_stand_in_a_file_does_not_come_in_by_a_backslash(escape: str, given: Path) -> None:
    put(given, ROLE, f'{HEAD}deputies: specialist\npurpose: "a\\\\a\n  {escape} {escape} b"\n')
    assert [(f.place, f.code) for f in told(checked(given))] == [(f"{ROLE}:5:3", "RB003")]
