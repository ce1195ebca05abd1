"""The JSON Schema that editors are given takes what the reader takes, and underlines what it refuses."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from rolebook.loading.schema import schema, schemas
from rolebook.model.kinds import KINDS, Kind
from tests.conftest import ROOT

HANDBOOKS = (ROOT, ROOT / "docs/checks/given")


class AsEditorsDo(yaml.SafeLoader):
    """YAML as editors read it: numbers and truth values are told from text, dates are text."""


AsEditorsDo.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def files(kind: Kind) -> list[Path]:
    return sorted(path for handbook in HANDBOOKS for path in handbook.glob(kind.pattern))


def parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=AsEditorsDo)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_schema_of_a_kind_is_valid_and_takes_every_file_of_it(kind: Kind) -> None:
    validator = jsonschema.Draft7Validator(schema(kind))
    validator.check_schema(schema(kind))
    assert files(kind) or kind.optional
    assert {str(path): [error.message for error in validator.iter_errors(parsed(path))] for path in files(kind)} == {
        str(path): [] for path in files(kind)
    }


def test_the_schema_of_all_kinds_takes_every_file() -> None:
    validator = jsonschema.Draft7Validator(schemas())
    validator.check_schema(schemas())
    assert [path for kind in KINDS for path in files(kind) if not validator.is_valid(parsed(path))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("purpose:", "purpse:"),
        ("name: Service Desk Lead", "name: [Service, Desk]"),
        ("name: Service Desk Lead\n", ""),
        ("deputies:", "deputies: {a: b}\nx:"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    role = next(kind for kind in KINDS if kind.name == "role")
    text = (ROOT / "raci/roles/service-desk-lead.yaml").read_text(encoding="utf-8")
    assert old in text
    changed = yaml.load(text.replace(old, new, 1), Loader=AsEditorsDo)
    assert not jsonschema.Draft7Validator(schema(role)).is_valid(changed)


def test_every_key_is_explained() -> None:
    def unexplained(node: Any, path: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        own = [f"{path}.{key}" for key, value in node.get("properties", {}).items() if not value.get("description")]
        return own + [found for key, value in node.items() for found in unexplained(value, f"{path}.{key}")]

    assert [found for kind in KINDS for found in unexplained(schema(kind), kind.name)] == []
