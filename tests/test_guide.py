"""What the guide shows holds: its examples are a handbook without findings, and show every key there is."""

import re
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.loading.reference import reference
from rolebook.loading.snapshots import digest
from rolebook.loading.snapshots import written as written_snapshot
from rolebook.model.kinds import COMPLETIONS, KINDS, MEASUREMENTS, SNAPSHOTS, Kind
from rolebook.source import Mapping, Node, Scalar, Sequence, read
from tests.conftest import ROOT, TODAY

BLOCK = re.compile(r'^```(?:yaml|csv) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
EXAMPLES = dict(BLOCK.findall((ROOT / "docs/guide/files.md").read_text(encoding="utf-8")))


def kind_of(path: str) -> Kind | None:
    return next((k for k in KINDS if path == k.pattern or (not k.single and path.rpartition("/")[0] == k.folder)), None)


def declared(shape: Shape) -> set[tuple[str, str]]:
    """Every key that may be written in a value of this shape, with the class it belongs to."""
    match shape:
        case One():
            return set()
        case Many(item=item):
            return declared(item)
        case AnyOf(shapes=shapes):
            return {key for part in shapes for key in declared(part)}
        case Keys(type=cls):
            fields = declaration(cls).fields
            own = {(cls.__name__, f.key) for f in fields if f.written}
            return own | {key for f in fields for key in declared(f.shape)}


def written(node: Node) -> set[str]:
    """Every key that is written in a node."""
    match node:
        case Scalar():
            return set()
        case Sequence(items=items):
            return {key for item in items for key in written(item)}
        case Mapping(entries=entries):
            return {str(entry.key) for entry in entries} | {key for entry in entries for key in written(entry.value)}


def test_the_examples_are_a_handbook_without_findings(given: Path) -> None:
    for path, text in EXAMPLES.items():
        (given / path).parent.mkdir(exist_ok=True)
        (given / path).write_text(text, encoding="utf-8")
    give_snapshots(given)
    loaded = load(given, all_releases=True)
    found = all_findings(loaded, date.fromisoformat(TODAY))
    assert [f"{d.span.path}:{d.span.line} {d.rule.code} {d.finding.message}" for d in found] == []


def give_snapshots(handbook: Path) -> None:
    """Put snapshots beside the releases, and their digests in place of those that the guide shows."""
    for version in load(handbook).handbook.releases:
        now = load(handbook).handbook
        release = now.releases[version]
        snapshot = written_snapshot(now, release)
        (handbook / SNAPSHOTS.path(version)).write_bytes(snapshot)
        for file in (handbook / SNAPSHOTS.folder).glob("*.yaml"):
            text = file.read_text(encoding="utf-8").replace(release.digest, digest(snapshot))
            file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_examples_of_a_kind_of_file_show_every_key(kind: Kind) -> None:
    roots = [read(path, text.encode()).root for path, text in EXAMPLES.items() if kind_of(path) is kind]
    shown = {key for root in roots if root for key in written(root)}
    assert {f"{cls}: {key}" for cls, key in declared(Keys(kind.type)) if key not in shown} == set()


@pytest.mark.parametrize("kind", [COMPLETIONS, MEASUREMENTS], ids=lambda kind: kind.name)
def test_the_example_of_a_table_shows_every_column(kind: Kind) -> None:
    (text,) = [text for path, text in EXAMPLES.items() if path.startswith(kind.pattern.partition("*")[0])]
    assert text.partition("\n")[0] == ",".join(declaration(kind.type).keys)


def test_the_reference_page_is_what_the_command_writes() -> None:
    page = ROOT / "docs/guide/reference.md"
    assert page.read_text(encoding="utf-8") == reference(), (
        "rolebook schema --format markdown > docs/guide/reference.md"
    )
