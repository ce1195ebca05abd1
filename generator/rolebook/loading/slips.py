"""What does not fit a declaration, told with what was probably meant."""

import re

from rolebook.loading.declaration import FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.loading.lookalikes import disguise
from rolebook.loading.near import OTHER_WORDS, nearest
from rolebook.loading.reading import UNREADABLE, Reading, Unreadable, beginning, call, visible, wants, where
from rolebook.model import values as v
from rolebook.source import Entry, Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.source.quoting import quoted, shown

MOST_COMPARED = 100
"""Behind so many findings in a file, a key is no longer compared with others."""
MOST_IN_A_ROW = 20
"""So many values behind each other are written out in a help."""
_KEY = re.compile(r"[a-z_]+")
"""What people write for a key, and hardly ever before a colon in a sentence."""
_BULLETS = "•◦▪‣●○■·–—+"
"""What people and word processors put in front of the items of a list."""
_OR_ELSE = {("next", "when"): "; or write 'otherwise' in place of 'go_to' for all other cases"}
"""What else may be meant where a key is missing in the value of another."""
_IDS = re.compile(r"[a-z][a-z0-9/-]*")
_DIGITS = re.compile(r"\d+", re.ASCII)
_THOUSAND = 3
"""So many digits behind a comma may be thousands."""


def misfit(shape: Shape, node: Node, reading: Reading, key: str) -> Unreadable:
    """Report a node that is of another shape than its key takes."""
    if isinstance(node, Scalar) and node.absent:
        message = f"{where(reading, key)} has no value"
        reading.report("missing-key", visible(node.span), message, f"It takes {wants(shape)}.")
    elif colon := _split_by_colon(shape, node):
        message = f"a colon splits this text of {where(reading, key)} in two"
        reading.report("wrong-type", colon, message, "Put the whole text in quotation marks.", node.span)
    else:
        message = f"{where(reading, key)} does not take {call(node)}"
        help = f"It takes {wants(shape)}."
        if element := _element(shape, node):
            help = f"Write {quoted(element)}, without a space."
        elif isinstance(node, Mapping) and isinstance(shape, (One, Many)):
            help += " A text with a colon in it stands in quotation marks."
        elif isinstance(shape, Keys):
            help += f" For example: '{shown(key)}: {{{declaration(shape.type).keys[0]}: …}}'" if key else ""
        reading.report("wrong-type", beginning(node.span), message, help, node.span)
    return UNREADABLE


def _element(shape: Shape, node: Node) -> str:
    """What was probably meant by `kind: id`, where `kind:id` is one word; "" where it is something else."""
    item = shape.item if isinstance(shape, Many) else shape
    match item, node:
        case One(type=v.Ref(prefixed=True)), Mapping(entries=(Entry(key=kind, value=Scalar(text=id)),)):
            return f"{kind}:{id}"
        case _:
            return ""


def _split_by_colon(shape: Shape, node: Node) -> Span | None:
    """The colon by which a text became a key and a value; None where they were probably meant as such."""
    item = shape.item if isinstance(shape, Many) else shape
    match item, node:
        case One(type=v.LINE | v.PROSE), Mapping(entries=(Entry(key=key, value=Scalar()),)) if not _KEY.fullmatch(key):
            path, _, _, line, column = key.span
            return Span(path, line, column, line, column + 1)
        case _:
            return None


def listed_ids(node: Sequence, classes: list[type[object]], reading: Reading, key: str) -> bool:
    """Report a list of ids where one of the classes would hold them under a key of its own; whether it is one."""
    if not node.items or not all(isinstance(item, Scalar) for item in node.items):
        return False
    for cls in classes:
        match declaration(cls).fields:
            case (FieldDeclaration(shape=Many(item=One())) as field,) if field.written:
                ids = shown(", ".join(item.text for item in node.items if isinstance(item, Scalar)))
                message = f"{quoted(key)} does not take a list of ids"
                help = f"Write '{shown(key)}: {{{field.key}: [{ids}]}}'."
                reading.report("wrong-type", node.span, message, help)
                return True
            case _:
                pass
    return False


def one_item(node: Scalar, reading: Reading, key: str) -> None:
    """Report the lines of a text that were probably meant as the items of a list; once in a file."""
    if any(diagnostic.rule.name == "glued-lines" for diagnostic in reading.diagnostics):
        return
    message = f"these lines are read as one item of {quoted(key)}"
    help = "Put '- ' in front of each item, also of a single one."
    if (mark := node.text[0]) in _BULLETS:
        message += f": '{mark}' begins none"
        help = f"Write '- ' in place of each '{mark}'."
    reading.report("glued-lines", beginning(node.span), message, help)


def missing_key(field: FieldDeclaration, node: Mapping, reading: Reading, key: str) -> None:
    """Report a key that must stand in `node`, the value of `key`, and does not."""
    span = node.entries[0].key.span if node.entries else beginning(node.span)
    name = next(
        (f"{quoted(e.value.text)} of " for e in node.entries if e.key == "id" and isinstance(e.value, Scalar)), ""
    )
    message = f"'{field.key}' is missing in {name}{where(reading, key)}"
    help = f"Add '{field.key}:' with {wants(field.shape)}{_OR_ELSE.get((str(key), field.key), '')}."
    reading.report("missing-key", span, message, help, node.span)


def unknown_key(key: Text, value: Node, known: tuple[str, ...], node: Mapping, reading: Reading, within: str) -> str:
    """Report a key, with its value, that is none of the `known` ones of what `node` stands for.

    Returns the key that was meant, one that does not stand there yet; else the key itself.
    """
    place = where(reading, within)
    disguised = disguise(key)
    span = key.part(disguised.at, disguised.at + 1) if disguised else key.span
    message = f"{quoted(key)} is not a key of {place}{f': {disguised.fact}' if disguised else ''}"
    plain = disguised.meant if disguised else key
    meant = twin = ""
    if len(reading.diagnostics) < MOST_COMPARED:
        meant, twin = _meant(plain, known, frozenset(entry.key for entry in node.entries))
    if value.span[1:3] == key.span[3:5] and ":" in key:
        message = f"{quoted(key)} has no space behind its colon"
        help = f"Write {quoted(key.replace(':', ': ', 1))}."
    elif value.span[1:3] == key.span[3:5]:
        message = f"a comma in braces ends what stands before it, so {quoted(key)} is read as a key of {place}"
        is_compared = len(reading.diagnostics) < MOST_COMPARED
        help = _uncut(key, node) if is_compared else "Put the text in quotation marks."
    elif meant:
        help = f"Did you mean '{meant}'?"
    elif key == "id" and not within:
        help = "Take it out: the name of the file is the id."
    elif twin:
        help = f"There is '{twin}' already: put it there."
    else:
        help = "The keys that belong there: " + ", ".join(known)
    reading.report("unknown-key", span, message, help, node.span)
    return meant or key


def _uncut(cut: Text, node: Mapping) -> str:
    """What to write where a comma in braces has cut `cut` off the value before it."""
    whole, parts = "", [""]
    for key, value in node.entries:
        if value.span[1:3] == key.span[3:5]:
            parts.append(key)
        elif cut in parts[1:]:
            break
        else:
            whole, parts = key, [value.text if isinstance(value, Scalar) else ""]
    if len(parts) > MOST_IN_A_ROW:
        return "Put several in brackets, and a text in quotation marks."
    if all(map(_IDS.fullmatch, parts)):
        return f"Put several in brackets: '{whole}: [{', '.join(parts)}]'."
    if all(map(_DIGITS.fullmatch, parts)):
        is_decimal = len(parts) == 2 and len(cut) < _THOUSAND
        number = f"'{whole}: {'.'.join(parts)}'" if is_decimal else "a number"
        return f"Write {number}, with a decimal point and no mark for thousands."
    return f"Put the whole text of {quoted(whole)} in quotation marks." if whole else "Put the text in quotation marks."


def _meant(key: str, known: tuple[str, ...], written: frozenset[str]) -> tuple[str, str]:
    """The known key that was probably meant by one, and does not stand there yet; and the one, if it does. Else ""."""
    free = [name for name in known if name not in written]
    other = OTHER_WORDS.get(key.lower(), "")
    meant = other if other in free else nearest(key, free) or ""
    return meant, "" if meant else nearest(key, known) or ""
