"""Family 0: slips in the writing of a file."""

import random
import re

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of
from rolebook.source import Mapping, Node, Scalar, Sequence, Text

_KEYS_TO_MISSPELL = (
    "purpose",
    "function",
    "holders",
    "approval",
    "requirements",
    "owner",
    "modules",
    "benefit",
    "origin",
)
_NEEDED = {
    "role": ("function", "purpose"),
    "job": ("function", "purpose", "duties"),
    "plan": ("owner", "purpose"),
    "improvement": ("origin", "problem", "approach"),
    "process": ("area", "purpose", "objectives", "triggers"),
}


def _path(draft: Draft, chance: random.Random) -> str:
    return one(chance, sorted(path for path in draft.files if path.endswith(".yaml")))


def _sentence(draft: Draft, chance: random.Random) -> Text:
    """A text without quotes on a line of its own."""
    texts = (text for text in draft.handbook.texts if text.inset == 0 and text.span.path.endswith(".yaml"))
    return one(chance, [text for text in texts if " " in text and _ends_its_line(draft, text)])


def _ends_its_line(draft: Draft, text: Text) -> bool:
    line = draft.text(text.span.path).split("\n")[text.span.line - 1]
    return len(line) == text.span.end_column - 1


@plants("RB001", "a quotation mark is opened and not closed")
def open_quotation_mark(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, f'"{text}')
    return Place(text.span.path, text.span.line)


@plants("RB001", "the marks of a merge are left in a file")
def merge_conflict(draft: Draft, chance: random.Random) -> Place:
    path = _path(draft, chance)
    lines = draft.text(path).split("\n")
    number = chance.randrange(len(lines) - 1)
    draft.put(path, "\n".join([*lines[:number], "<<<<<<< main", lines[number], "=======", *lines[number:]]))
    return Place(path, number + 1)


@plants("RB001", "a text with a colon stands without quotation marks")
def colon_in_a_text(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    words = text.split(" ")
    line = draft.text(text.span.path).split("\n")[text.span.line - 1]
    prefix = line[: text.span.column - 1].strip()
    if not prefix.endswith(":"):
        raise NoPlace  # behind a dash it would be a key
    draft.replace(text.span, f"{words[0]}: {' '.join(words[1:])}")
    return Place(text.span.path, text.span.line)


@plants("RB002", "a value has an anchor")
def anchor(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, f"&text {text}")
    return Place(text.span.path, text.span.line)


@plants("RB002", "a value has a tag")
def tag(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, f"!!python/name:os.system {text}")
    return Place(text.span.path, text.span.line)


@plants("RB003", "an invisible character")
def invisible_character(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, text.replace(" ", " \x07", 1))
    return Place(text.span.path, text.span.line)


@plants("RB003", "a byte of another encoding")
def other_encoding(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, text.replace(" ", " \udcfc", 1))
    return Place(text.span.path, text.span.line)


@plants("RB004", "a key stands twice")
def duplicate_key(draft: Draft, chance: random.Random) -> Place:
    path = _path(draft, chance)
    lines = draft.text(path).split("\n")
    single = [number for number, line in enumerate(lines) if re.match(r" *[a-z_]+: [^>|&]", line)]
    number = one(chance, single)
    draft.put(path, "\n".join([*lines[: number + 1], lines[number], *lines[number + 1 :]]))
    return Place(path, number + 2)


@plants("RB005", "a key is misspelt")
def misspelt_key(draft: Draft, chance: random.Random) -> Place:
    path = _path(draft, chance)
    tree = draft.tree(path)
    assert isinstance(tree, Mapping)
    entry = one(chance, [entry for entry in tree.entries if entry.key in _KEYS_TO_MISSPELL])
    draft.replace(entry.key.span, f"{entry.key[:-2]}{entry.key[-1]}x")
    return Place(path, entry.key.span.line)


@plants("RB006", "a key that is needed is missing")
def missing_key(draft: Draft, chance: random.Random) -> Place:
    kind = one(chance, sorted(_NEEDED))
    entities = {
        "role": draft.handbook.roles,
        "job": draft.handbook.jobs,
        "plan": draft.handbook.plans,
        "improvement": draft.handbook.improvements,
        "process": draft.handbook.processes,
    }[kind]
    path = path_of(kind, one(chance, sorted(entities)))
    draft.remove(path, one(chance, _NEEDED[kind]))
    return draft.key(path, "name")


@plants("RB007", "a date is written in words")
def date_in_words(draft: Draft, chance: random.Random) -> Place:
    path = path_of("job", one(chance, sorted(draft.handbook.jobs)))
    draft.write(path, "approval", one(chance, ("approved", "next_review")), text="2 February 2027")
    return draft.at(path, "approval", "approved")


@plants("RB007", "a number has its unit behind it")
def number_with_unit(draft: Draft, chance: random.Random) -> Place:
    path = path_of("plan", one(chance, sorted(draft.handbook.plans)))
    draft.write(path, "when", "within_days", text="30 days")
    return draft.at(path, "when", "within_days")


@plants("RB008", "an id is written like a name")
def id_like_a_name(draft: Draft, chance: random.Random) -> Place:
    process = draft.handbook.processes[one(chance, sorted(draft.handbook.processes))]
    ids = [
        *(activity.id for activity in process.activities),
        *(given.id for given in process.hands_over),
        *(kpi.id for kpi in process.kpis),
        *(record.id for record in process.records),
    ]
    id = one(chance, ids)
    draft.replace(id.span, id.replace("-", " ").capitalize())
    return Place(id.span.path, id.span.line)


@plants("RB009", "a word is none of those to choose from")
def unknown_choice(draft: Draft, chance: random.Random) -> Place:
    handbook = draft.handbook
    words = [
        *(improvement.status for improvement in handbook.improvements.values()),
        *(kpi.better for process in handbook.processes.values() for kpi in process.kpis),
        *(kpi.measured_every for process in handbook.processes.values() for kpi in process.kpis),
        *(way for plan in handbook.plans.values() if plan.how for way in plan.how.formats),
        *(objective.horizon for objective in handbook.organisation.objectives),
    ]
    word = one(chance, words)
    draft.replace(word.span, f"{word[:-1]}y")
    return Place(word.span.path, word.span.line)


@plants("RB010", "a file has another ending")
def other_ending(draft: Draft, chance: random.Random) -> Place:
    path = one(chance, [path for path in sorted(draft.files) if path.count("/") == 2 and path.endswith(".yaml")])
    renamed = path.removesuffix(".yaml") + ".yml"
    draft.put(renamed, draft.text(path))
    draft.put(path, None)
    return Place(renamed, 1)


@plants("RB011", "a sentence with a comma stands in brackets")
def split_sentence(draft: Draft, chance: random.Random) -> Place:
    path = path_of("job", one(chance, sorted(draft.handbook.jobs)))
    key = one(chance, ("requirements", "conditions"))
    draft.write(path, key, text="[Three years of practice, and a clear voice]")
    return draft.at(path, key)


@plants("RB012", "a number sign cuts a text short")
def text_cut_short(draft: Draft, chance: random.Random) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, f"{text} See form #{chance.randrange(100)} for it")
    return Place(text.span.path, text.span.line)


@plants("RB013", "a file that every handbook has is missing")
def missing_file(draft: Draft, chance: random.Random) -> Place:
    kind = one(chance, ("organisation", "glossary", "functions"))
    path = path_of(kind, kind)
    draft.put(path, None)
    return Place(path, 1)


@plants("RB014", "the dash of an item stands too deep")
def glued_lines(draft: Draft, chance: random.Random) -> Place:
    path = _path(draft, chance)
    items = [item for found in _lists(draft.tree(path)) for item in found.items[1:]]
    span = one(chance, [item.span for item in items if isinstance(item, Scalar)])
    lines = draft.text(path).split("\n")
    if not lines[span.line - 2].lstrip().startswith("- ") or lines[span.line - 2].rstrip().endswith((">-", '"', "'")):
        raise NoPlace
    lines[span.line - 1] = "  " + lines[span.line - 1]
    draft.put(path, "\n".join(lines))
    return Place(path, span.line)


def _lists(node: Node) -> list[Sequence]:
    """The lists of texts written one below the other."""
    match node:
        case Mapping():
            return [found for entry in node.entries for found in _lists(entry.value)]
        case Sequence():
            own = [node] if not node.flow and all(isinstance(item, Scalar) for item in node.items) else []
            return [*own, *(found for item in node.items for found in _lists(item))]
        case Scalar():
            return []


def _comment(draft: Draft, chance: random.Random, comment: str) -> Place:
    text = _sentence(draft, chance)
    draft.replace(text.span, f"{text} # rolebook: {comment}")
    return Place(text.span.path, text.span.line)


@plants("RB015", "a finding is hidden without a reason")
def suppression_without_reason(draft: Draft, chance: random.Random) -> Place:
    return _comment(draft, chance, "ignore RB205")


@plants("RB015", "a comment hides a check that there is not")
def suppression_of_nothing(draft: Draft, chance: random.Random) -> Place:
    return _comment(draft, chance, "ignore RB2005 - it is agreed")


@plants("RB016", "a comment hides what is not found")
def unused_suppression(draft: Draft, chance: random.Random) -> Place:
    return _comment(draft, chance, "ignore RB205 - it is agreed")


@plants("RB017", "a setting is about a check that there is not")
def unclear_setting(draft: Draft, chance: random.Random) -> Place:
    path = "process_defs/checks.yaml"
    code = f"RB{chance.randrange(1000, 9999)}"
    text = draft.text(path) if path in draft.files else "# What weighs otherwise here.\nchecks:\n"
    draft.put(path, f"{text}  - check: {code}\n    severity: error\n    reason: It matters to us.\n")
    return Place(path, text.count("\n") + 1)
