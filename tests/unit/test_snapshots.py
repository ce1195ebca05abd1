"""A snapshot holds all that a handbook says, reads back as what it was, and is safe to read whoever wrote it."""

import dataclasses
import os
import random
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.loading.files import snapshots
from rolebook.loading.snapshots import DamagedSnapshot, Past, digest, formats, looking, read_snapshot, tree, written
from rolebook.loading.snapshots.looking import look_into
from rolebook.loading.snapshots.protecting import read_protected
from rolebook.loading.snapshots.writing import body
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import ALL_KINDS, SNAPSHOTS
from rolebook.model.protected import PARTS, Protected
from rolebook.model.release import Excuse, Previous, Release
from rolebook.source import Span, Text
from tests.conftest import ROOT

EDITS = 4000 if os.environ.get("ROLEBOOK_FULL") else 250
SAMPLE = ROOT / "tests/data/snapshot-format-1.json"
PROTECTING = ROOT / "tests/data/snapshot-format-1-protected.json"
VERSION = "1.1.0"
PATH = SNAPSHOTS.path(VERSION)
SPAN = Span.of_file("process_defs/releases/1.1.0.yaml")
ODD = (
    "null",
    "~",
    "true",
    "5",
    "9.50",
    '"',
    "\\",
    "\\u0041",
    "a: b # c",
    "- {x}",
    "ä – 🚒",
    "א",
    "</script>",
    "x\u00a0x",
)


def text(words: str) -> Text:
    return Text(words, SPAN)


def release(handbook: Handbook, **more: Any) -> Release:
    """A release with a value in every field, and the digest that it has."""
    unsealed = Release(
        id=text(VERSION),
        date=v.Day.at(text("2026-06-30")),
        note=text("What is new: 'this', and \"that\"."),
        improvements=(text("swarming"),),
        waivers=(
            Excuse(
                improvement=text("swarming"), of=text("duty"), for_=text("agent"), reason=text("Does it."), span=SPAN
            ),
        ),
        previous=Previous(version=text("1.0.0"), digest=text("0" * 64), span=SPAN),
        digest=text(""),
        span=SPAN,
    )
    whole = dataclasses.replace(unsealed, **more)
    return dataclasses.replace(whole, digest=text(digest(written(handbook, whole))))


def put(folder: Path, data: bytes) -> Path:
    """A folder in which `data` is the snapshot of the version."""
    file = folder / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return folder


def past(folder: Path, data: bytes) -> Past:
    return read_snapshot(put(folder, data), VERSION)


@pytest.mark.parametrize("handbook", [ROOT, ROOT / "docs/checks/given"], ids=["reference", "given"])
def test_a_snapshot_reads_back_as_the_handbook_and_the_release_that_it_was_taken_of(
    handbook: Path, tmp_path: Path
) -> None:
    now = load(handbook).handbook
    data = written(now, release(now))
    found = past(tmp_path, data)
    assert found.handbook == now
    assert found.release == release(now)
    assert written(found.handbook, found.release) == data


def test_an_entity_stands_on_a_line_and_keys_are_sorted(tmp_path: Path) -> None:
    now = load(ROOT / "docs/checks/given").handbook
    lines = written(now, release(now)).decode().split("\n")
    assert lines.pop() == ""
    assert len(lines) == 1 + 4 + sum(
        map(len, (now.processes, now.matrices, now.roles, now.jobs, now.plans, now.improvements, now.pages))
    )
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.partition(":")[0])
    assert '{"role":{"function":"it","id":"change-manager","name":"Change Manager","purpose":"Decide which' in lines[-3]


def test_a_text_knows_on_which_line_of_the_snapshot_it_stands(tmp_path: Path) -> None:
    now = load(ROOT / "docs/checks/given").handbook
    data = written(now, release(now))
    name = past(tmp_path, data).handbook.roles["agent"].name
    assert name.span.path == PATH
    assert b"Service Desk Agent" in data.split(b"\n")[name.span.line - 1]


def test_what_is_compared_of_the_model_is_what_a_snapshot_holds() -> None:
    waiting: list[type[Any]] = [*(kind.type for kind in ALL_KINDS), Release, Protected]
    seen: set[type[Any]] = set()
    while waiting:
        cls = waiting.pop()
        if cls not in seen:
            seen.add(cls)
            declared = declaration(cls).fields
            assert {f.name for f in dataclasses.fields(cls) if f.compare} == {f.name for f in declared}, cls
            waiting += [inner for field in declared for inner in classes(field.shape)]
    assert len(seen) > 40


def classes(shape: Shape) -> Iterator[type[Any]]:
    match shape:
        case One():
            return
        case Keys(type=cls):
            yield cls
        case Many(item=item):
            yield from classes(item)
        case AnyOf(shapes=shapes):
            for part in shapes:
                yield from classes(part)


@pytest.mark.parametrize("seed", range(EDITS // 10))
def test_a_handbook_that_was_edited_at_random_reads_back_as_it_is(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    now = load(ROOT / "docs/checks/given").handbook
    for _ in range(10):
        now = edited(now, chance)
        assert past(tmp_path, written(now, release(now))).handbook == now


def test_handbooks_differ_exactly_where_their_snapshots_do() -> None:
    chance = random.Random(1)
    now = load(ROOT / "docs/checks/given").handbook
    for _ in range(EDITS):
        other = edited(now, chance)
        assert (other == now) is ([line for line, *_ in body(other)] == [line for line, *_ in body(now)])


def edited(handbook: Handbook, chance: random.Random) -> Handbook:
    """The handbook with one entity changed in one place."""
    part = chance.choice(
        ["organisation", "glossary", "units", "check_settings", "processes", "matrices", "roles", "jobs", "plans"]
    )
    there = getattr(handbook, part)
    if isinstance(there, Mapping):
        id = chance.choice(sorted(there))
        there = {**there, id: changed(there[id], chance)}
    else:
        there = changed(there, chance)
    more: dict[str, Any] = {part: there}
    return dataclasses.replace(handbook, **more)


def changed(entity: Any, chance: random.Random) -> Any:
    """An entity with another value in one of its fields; the same where chance finds none to change."""
    field = chance.choice([f for f in declaration(type(entity)).fields if not f.from_file and not f.from_entry])
    there = getattr(entity, field.name)
    if not field.required and chance.random() < 0.2 and not isinstance(there, (bool, tuple)):
        default = next(f.default for f in dataclasses.fields(entity) if f.name == field.name)
        return dataclasses.replace(entity, **{field.name: default})
    return dataclasses.replace(entity, **{field.name: other(field.shape, there, chance)})


def other(shape: Shape, there: Any, chance: random.Random) -> Any:
    match shape:
        case One(type=v.LINE):
            return text(f"{chance.choice(ODD)} {chance.random()} {chance.choice(ODD)}")
        case One(type=v.PROSE):
            return text(f"{chance.choice(ODD)}\n{chance.random()}\t {chance.choice(ODD)}")
        case One(type=v.Day):
            return v.Day.at(text(f"20{chance.randrange(10, 99)}-0{chance.randrange(1, 10)}-28"))
        case One(type=v.Number):
            return v.Number.at(text(f"{chance.choice(['', '-'])}{chance.randrange(10**15)}.{chance.randrange(10**9)}"))
        case One(type=v.Whole):
            return v.Whole.at(text(str(chance.randrange(10**9))))
        case One() if isinstance(there, bool):
            return not there
        case Many(item=item) if isinstance(there, tuple) and there:
            position = chance.randrange(len(there))
            if len(there) > 1 and chance.random() < 0.3:
                return there[:position] + there[position + 1 :]
            if dataclasses.is_dataclass(there[position]):
                return (*there[:position], changed(there[position], chance), *there[position + 1 :])
            return (*there[:position], other(item, there[position], chance), *there[position + 1 :])
        case Keys() if there is not None:
            return changed(there, chance)
        case _:
            return there


def test_the_first_snapshot_that_was_ever_written_is_still_read(tmp_path: Path) -> None:
    data = SAMPLE.read_bytes()
    found = past(tmp_path, data)
    assert found.release.improvements == ("standard-changes",)
    assert found.handbook.roles["agent"].name == "Service Desk Agent"
    assert found.handbook.processes["incident"].kpis[0].target.value == 4
    assert found.handbook.pages["welcome"].text.startswith("Ask [](role:agent).")
    assert found.kinds >= {"process", "page", "checks"}


@pytest.mark.parametrize("sample", [SAMPLE, PROTECTING], ids=["all kinds of file", "all that is protected"])
def test_what_is_written_in_another_way_has_another_format(sample: Path, tmp_path: Path) -> None:
    found = past(tmp_path, sample.read_bytes())
    assert (
        formats.FORMAT != 1
        or written(found.handbook, found.release, read_protected(PATH, found.protecting)) == sample.read_bytes()
    ), "write a format 2, and let formats.py read 1"


def test_what_an_improvement_protects_is_read_where_somebody_asks(tmp_path: Path) -> None:
    found = past(tmp_path, PROTECTING.read_bytes())
    (one,) = read_protected(PATH, found.protecting)
    assert (one.improvement, one.name, one.since) == ("swarming", "Swarm on stopped branches", VERSION)
    assert {part for part, _ in one.kept()} == set(PARTS)
    assert look_into(tmp_path, VERSION).protecting == found.protecting
    assert past(tmp_path, SAMPLE.read_bytes()).protecting == ()


def _protecting(old: bytes, new: bytes) -> bytes:
    data = PROTECTING.read_bytes()
    assert old in data
    return data.replace(old, new, 1)


def _moved(data: bytes) -> bytes:
    """The snapshot with what is protected behind the entities."""
    head, protected, *rest = data.splitlines(keepends=True)
    return b"".join((head, *rest, protected))


UNSAFE: dict[str, tuple[bytes, str]] = {
    "an unknown key": (_protecting(b'"since":', b'"x":1,"since":'), "'x' is not a key of the improvement"),
    "no name": (_protecting(b'"name":"Swarm on stopped branches",', b""), "'name' is missing"),
    "a version that is none": (_protecting(b'"since":"1.1.0"', b'"since":"newest"'), "'newest' is not a version"),
    "another letter": (_protecting(b'"letter":"A"', b'"letter":"C"'), "'C' is not one of"),
    "a text": (
        _protecting(b'{"protected":{', b'{"protected":"x"}\n{"protected":{'),
        "does not tell what an improvement",
    ),
    "two in a line": (_protecting(b'{"protected":{', b'{"protected":{},"x":{'), "does not tell what an improvement"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_what_is_protected_is_told_in_good_faith_or_not_at_all(name: str, tmp_path: Path) -> None:
    data, words = UNSAFE[name]
    looked = look_into(put(tmp_path, data), VERSION)
    with pytest.raises(DamagedSnapshot) as caught:
        read_protected(PATH, looked.protecting)
    assert (words in str(caught.value), caught.value.span.line) == (True, 2)


def test_what_is_protected_stands_behind_the_release_and_nowhere_else(tmp_path: Path) -> None:
    data = _moved(PROTECTING.read_bytes())
    with pytest.raises(DamagedSnapshot, match="no entity that there is a kind for"):
        past(tmp_path, data)
    assert look_into(tmp_path, VERSION).protecting == ()


def test_every_kind_of_file_is_known_to_the_newest_format() -> None:
    assert formats.KINDS[formats.FORMAT] == {kind.name for kind in ALL_KINDS if not (kind.past or kind.programme)}


def test_line_ends_that_git_has_changed_are_no_change(tmp_path: Path) -> None:
    data = SAMPLE.read_bytes()
    assert past(tmp_path, data.replace(b"\n", b"\r\n")) == past(tmp_path, data)
    assert look_into(put(tmp_path, data.replace(b"\n", b"\r\n")), VERSION).digest == digest(data)


def _replaced(old: bytes, new: bytes) -> bytes:
    data = SAMPLE.read_bytes()
    assert old in data
    return data.replace(old, new, 1)


ROLE = b'{"role":{"deputies"'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not plain JSON"),
    "no JSON": (b"hello\n", "not plain JSON"),
    "a list": (b"[]\n", "an object in braces belongs here"),
    "no format": (_replaced(b'"format":1,', b""), "it does not say in which format it is written"),
    "a format in words": (_replaced(b'"format":1,', b'"format":"1",'), "it does not say in which format"),
    "a format of later": (_replaced(b'"format":1,', b'"format":7,'), "format 7 of a newer Rolebook, and this one"),
    "a format that never ends": (_replaced(b'"format":1', b'"format":' + b"9" * 9999), "does not say in which format"),
    "another version": (_replaced(b'"id":"1.1.0"', b'"id":"1.2.0"'), "it is not the snapshot of release 1.1.0"),
    "a day that is none": (_replaced(b"2026-06-30", b"2026-06-31"), "there is no day '2026-06-31'"),
    "no organisation": (_replaced(b'{"organisation":', b'{"strange":'), "no entity that there is a kind for"),
    "cut short": (SAMPLE.read_bytes()[:-1], "the file ends in the middle of line"),
    "cut at a line": (SAMPLE.read_bytes().split(b"\n")[0] + b"\n", "the file ends without the organisation"),
    "twice": (SAMPLE.read_bytes() + SAMPLE.read_bytes().split(b"\n")[-2] + b"\n", "for the second time"),
    "two in a line": (_replaced(b'{"role":{"aliases"', b'{"x":1,"role":{"aliases"'), "no entity that there is a kind"),
    "a key twice": (_replaced(b'"id":"agent"', b'"id":"agent","id":"agent"'), "a key stands twice"),
    "an unknown key": (_replaced(b'"id":"agent"', b'"id":"agent","x":"y"'), "'x' is not a key of the role"),
    "an id with a path": (_replaced(b'"id":"agent"', b'"id":"../agent"'), "'../agent' is not an id"),
    "another type": (_replaced(b'"name":"Service Desk Agent"', b'"name":["a"]'), "'name' does not take a list"),
    "nothing": (_replaced(b'"name":"Service Desk Agent"', b'"name":null'), "'name' has no value"),
    "a line in a name": (_replaced(b"Service Desk Agent", b"Service\\nDesk"), "several lines"),
    "a hidden letter": (_replaced(b"Service Desk Agent", b"Service\\u0007"), "a character is hidden"),
    "a turned text": (
        _replaced(b"Service Desk Agent", "Service\u202e".encode()),
        "shows what follows in another order",
    ),
    "half a letter": (_replaced(b"Service Desk Agent", b"Service\\ud800"), "a character is hidden"),
    "another encoding": (_replaced(b"Service Desk Agent", b"\xe4"), "not UTF-8"),
    "no number": (_replaced(b'"minutes":90', b'"minutes":NaN'), "'NaN' is no number"),
    "a number that never ends": (_replaced(b'"minutes":90', b'"minutes":' + b"9" * 9999), "is not a whole number"),
    "depth": (_replaced(b'"deputies":["specialist"]', b'"deputies":' + b"[" * 9999 + b"]" * 9999), "too deep"),
    "deep keys": (
        _replaced(b'"name":"Service Desk Agent"', b'"x":' + b'{"a":' * 9999 + b"1" + b"}" * 9999),
        "too deep",
    ),
    "rows without activity": (_replaced(b'"activity":"assess"', b'"x":"assess"'), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_snapshot_that_nobody_wrote_in_good_faith_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(DamagedSnapshot) as caught:
        past(tmp_path, data)
    assert words in str(caught.value)
    assert caught.value.span.path == PATH
    assert 1 <= caught.value.span.line <= data.count(b"\n") + 1


def test_the_line_of_a_fault_is_named(tmp_path: Path) -> None:
    data = _replaced(b'"id":"agent"', b'"id":"agent","x":"y"')
    with pytest.raises(DamagedSnapshot) as caught:
        past(tmp_path, data)
    assert b'"x":"y"' in data.split(b"\n")[caught.value.span.line - 1]


@pytest.mark.parametrize(
    ("limit", "module", "words"),
    [("MAX_BYTES", looking, "larger than"), ("MAX_LINE", looking, "longer than"), ("MAX_NODES", tree, "more than")],
)
def test_there_is_a_limit_to_what_is_read(
    limit: str, module: Any, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 20)
    with pytest.raises(DamagedSnapshot, match=words):
        past(tmp_path, SAMPLE.read_bytes())


def test_only_an_ordinary_file_is_opened(tmp_path: Path) -> None:
    with pytest.raises(DamagedSnapshot, match="there is no such file"):
        read_snapshot(tmp_path, VERSION)
    file = put(tmp_path, b"") / PATH
    file.unlink()
    file.symlink_to(SAMPLE)
    with pytest.raises(DamagedSnapshot, match="it is a link"):
        read_snapshot(tmp_path, VERSION)
    assert look_into(tmp_path, VERSION).fault == "it is a link, and links are not followed"
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(DamagedSnapshot, match="no ordinary file"):
        read_snapshot(tmp_path, VERSION)
    file.unlink()
    file.mkdir()
    with pytest.raises(DamagedSnapshot, match=r"directory|no ordinary file"):
        read_snapshot(tmp_path, VERSION)


def test_no_other_folder_is_looked_into(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere", SAMPLE.read_bytes())
    handbook = tmp_path / "handbook"
    (handbook / "process_defs").mkdir(parents=True)
    (handbook / SNAPSHOTS.folder).symlink_to(elsewhere / SNAPSHOTS.folder)
    assert snapshots(handbook) == ()
    for version in (VERSION, "../../elsewhere/1.1.0", f"{VERSION}\0"):
        with pytest.raises(DamagedSnapshot, match=r"through a link|is not a version"):
            read_snapshot(handbook, version)


def test_whatever_is_changed_in_a_snapshot_it_is_read_or_refused(tmp_path: Path) -> None:
    chance, original = random.Random(5), SAMPLE.read_bytes()
    pieces = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\\", b"\\u00", b"\xff", b"null", b"-1e999", b"\0")
    refused = 0
    for _ in range(EDITS * 4):
        start = chance.randrange(len(original))
        data = original[:start] + chance.choice(pieces) + original[start + chance.choice((0, 1, 1, 40)) :]
        looked = look_into(put(tmp_path, data), VERSION)
        assert bool(looked.fault) is (looked.release is None)
        try:
            past(tmp_path, data)
        except DamagedSnapshot:
            refused += 1
    assert refused > EDITS * 3


def test_a_snapshot_tells_what_was_changed_in_it_by_its_digest(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "docs/checks/given", tmp_path / "given"))
    now = load(folder).handbook
    told = release(now)
    assert past(tmp_path, written(now, told)).release.digest == told.digest
    data = written(now, told).replace(b"Find the cause", b"Find a culprit")
    assert past(tmp_path, data).release.digest == digest(data) != told.digest
