"""The reference handbook as a site: by our command's way and by MkDocs alone, the same bytes; every link arrives."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from rolebook.publishing.edition import Site, read_edition
from rolebook.publishing.reading import read_settings
from rolebook.publishing.site import build_edition
from rolebook.publishing.staging import MARKER, staged
from tests.site import links

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by us."""
    settings = read_settings(ROOT).settings
    assert settings is not None
    edition = read_edition(ROOT, TODAY, Site.of(settings))
    target = tmp_path_factory.mktemp("ours") / "site"
    with staged(target, ROOT) as stage:
        build_edition(edition, settings, ROOT, stage)
    return target


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_link_arrives(built: Path) -> None:
    assert len(links.pages(built)) > 10
    assert list(links.broken(built)) == []


def test_the_files_for_programs_lie_at_the_root(built: Path) -> None:
    data = json.loads((built / "handbook.json").read_bytes())
    assert (data["format"], len(data["processes"])) == (1, 10)
    schema = json.loads((built / "handbook.schema.json").read_bytes())
    assert jsonschema.Draft7Validator(schema).is_valid(data)
    assert (built / "llms.txt").read_text("utf-8").startswith("# Northmoor IT Service Handbook\n")


def test_nothing_is_fetched_from_another_host(built: Path) -> None:
    assert list(links.foreign(built)) == []


def test_mkdocs_alone_makes_the_same_bytes(built: Path, reference: Path) -> None:
    moment = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(moment.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=reference, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    alone, ours = files(reference / "site"), files(built)
    assert [name for name in sorted({*alone, *ours} - {MARKER}) if alone.get(name) != ours.get(name)] == []
