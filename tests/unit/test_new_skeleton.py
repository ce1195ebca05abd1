"""What `rolebook new` writes: every key has its place, and what was said is read again as it was said."""

import re
from pathlib import Path

import pytest

from rolebook.editing.drafts.skeleton import LEFT_OUT, skeleton, written
from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model.job import JobDescription
from rolebook.model.kinds import KINDS, Kind
from rolebook.model.raci import Role
from rolebook.source import Mapping, Sequence, read


def required(shape: Shape, node: object) -> list[str]:
    """The required keys that are missing in a node of this shape, and in all that stands in it."""
    match shape, node:
        case Keys(type=cls), Mapping(entries=entries):
            values = {str(entry.key): entry.value for entry in entries}
            fields = [field for field in declaration(cls).fields if field.written]
            missing = [f"{cls.__name__}.{field.key}" for field in fields if field.required and field.key not in values]
            inner = [required(field.shape, values[field.key]) for field in fields if field.key in values]
            return missing + [key for keys in inner for key in keys]
        case Many(item=item), Sequence(items=items):
            return [key for part in items for key in required(item, part)]
        case ((Keys() | Many(item=Keys())), _):
            return [f"an entry of {shape}"]
        case _:
            return []


def optional(shape: Shape) -> set[str]:
    """Every key that may be written in a new value of this shape."""
    match shape:
        case One():
            return set()
        case Many(item=item):
            return optional(item)
        case AnyOf(shapes=shapes):
            return {key for part in shapes for key in optional(part)}
        case Keys(type=cls):
            fields = [f for f in declaration(cls).fields if f.written and f.key not in LEFT_OUT]
            return {f.key for f in fields} | {key for f in fields for key in optional(f.shape)}


WRITTEN = [kind for kind in KINDS if not kind.single and kind.name != "matrix" and not kind.past]


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_a_skeleton_has_every_key_that_must_be_there(kind: Kind) -> None:
    source = read("new.yaml", skeleton(kind.type, {}, {}, ()).encode())
    assert source.faults == ()
    assert required(Keys(kind.type), source.root) == []


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_with_its_signs_taken_out_a_skeleton_has_all_the_other_keys(given: Path, kind: Kind) -> None:
    text = skeleton(kind.type, {}, {"function": ("it",) * 40}, ("A head.",)).removeprefix("# A head.\n")
    whole = re.sub(r"^( *)# ?", r"\1", text, flags=re.MULTILINE)
    (given / kind.folder).mkdir(exist_ok=True)
    (given / kind.path("fresh")).write_text(whole, encoding="utf-8")
    assert {d.rule.name for d in load(given).diagnostics} == {"missing-key"}
    shown = set(re.findall(r"^[ -]*(\w+):", whole, flags=re.MULTILINE))
    next_ = {"when", "go_to", "otherwise", "all"} if kind.name == "process" else set[str]()
    assert optional(Keys(kind.type)) - next_ - shown == set()


ODD_NAMES = """Night: operator|the users' desk|- dash|# sign|no # sign|~|{braces}|[x]|ends:|'q'|&a|"Q"|* star|no|1|è – ü
a, b|%|@home|!tag|? what|null|> more"""


@pytest.mark.parametrize("name", [*re.split(r"[|\n]", ODD_NAMES), "| pipe"])
def test_a_name_is_read_as_it_was_said(given: Path, name: str) -> None:
    (given / "raci/roles/fresh.yaml").write_text(skeleton(Role, {"name": name}, {}, ()), encoding="utf-8")
    assert load(given).handbook.roles["fresh"].name == name
    assert written(name) in (name, f"'{name.replace(chr(39), chr(39) * 2)}'")


def test_a_name_stays_without_quotation_marks_where_it_may() -> None:
    assert written("Service Desk: night") == "'Service Desk: night'"
    assert written("Service Desk (night), 2nd line") == "Service Desk (night), 2nd line"


def test_what_is_known_stands_there_and_has_no_choices_behind_it() -> None:
    text = skeleton(Role, {"function": ("it",)}, {"function": ("it", "service-desk")}, ())
    assert "function: it                   # the unit that holds it\n" in text
    text = skeleton(Role, {}, {"function": ("it", "service-desk")}, ())
    assert "function:                      # the unit that holds it: it or service-desk\n" in text


def test_a_long_list_stands_one_to_a_line() -> None:
    ids = [f"role-with-a-long-name-{number}" for number in range(9)]
    assert "carries:                       # the roles that its holder takes on\n" + "".join(
        f"  - {id}\n" for id in ids
    ) in skeleton(JobDescription, {"carries": ids}, {}, ())
