"""How high everything is: a row for each node, in the order in which they are read."""

from collections.abc import Iterator
from typing import NamedTuple

from rolebook.drawing import measures as m
from rolebook.drawing.metrics import wrap
from rolebook.drawing.shapes import END, Exit, Node


class CaseRow(NamedTuple):
    """A condition: how far below the top of the row it begins, how high it is, and its text in lines."""

    exit: Exit
    top: int
    height: int
    lines: tuple[str, ...]


class Row(NamedTuple):
    """A node with its texts in lines, from `top` on. It is `clear` when no note above hangs down beside it."""

    node: Node
    top: int
    clear: bool
    head: int
    height: int
    text: tuple[str, ...]
    small: tuple[str, ...]
    cases: tuple[CaseRow, ...]
    comes: tuple[tuple[str, ...], ...]
    goes: tuple[tuple[str, ...], ...]

    @property
    def entry(self) -> int:
        """Where lines arrive at the sides."""
        return self.top + m.ENTRY

    @property
    def passing(self) -> int:
        """Where hand-offs pass."""
        return self.top + m.PASSING

    @property
    def bottom(self) -> int:
        return self.top + self.height


def rows(nodes: tuple[Node, ...], width: int, plain: frozenset[str], end: str) -> tuple[Row, ...]:
    """The rows below each other; a node in `plain` needs no case for its one exit, which leaves at its foot.

    `end` is what a case says that leads nowhere else.
    """
    numbers = {END: end} | {node.id: str(position) for position, node in enumerate(nodes, 1)}
    found: list[Row] = []
    top, comes, goes, cleared = m.GAP, 0, 0, 0
    for node in nodes:
        given, taken = _notes(node.comes), _notes(node.goes)
        for stack, above in ((given, comes), (taken, goes)):
            if stack:
                top = max(top, above + m.NOTE_SPACE + _first(stack) - m.PASSING)
        if top - cleared > m.CLEAR:
            top = max(top, comes + m.ABOVE, goes + m.ABOVE)
        clear = max(comes, goes) + m.ABOVE <= top
        cleared = top if clear else cleared
        text, small = _texts(node, width)
        head = max(m.HEAD, 2 * m.PADDING + len(text) * m.LEADING + len(small) * m.SMALL_LEADING)
        cases = () if node.id in plain else tuple(_cases(node, head, width, numbers))
        bottom = cases[-1].top + cases[-1].height if cases else head
        row = Row(node, top, clear, head, bottom, text, small, cases, given, taken)
        found.append(row)
        comes = note_bottom(row, given) if given else comes
        goes = note_bottom(row, taken) if taken else goes
        top += row.height + m.GAP
    return tuple(found)


def _texts(node: Node, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands in the head of a node, in lines."""
    room = width - m.NUMBER - 2 * m.PADDING
    small = wrap(node.small, room, m.SMALL, most=m.MOST_LINES) if node.small else ()
    return wrap(node.text, room, m.TEXT, bold=True, most=m.MOST_LINES), small


def _cases(node: Node, top: int, width: int, numbers: dict[str, str]) -> Iterator[CaseRow]:
    """The conditions below the head; the last one leaves room for the sign at the foot of the node."""
    for leaving in node.exits:
        case = _case(leaving, top, width, numbers, m.MARK if leaving is node.exits[-1] else 0)
        yield case
        top += case.height


def _case(leaving: Exit, top: int, width: int, numbers: dict[str, str], foot: int) -> CaseRow:
    """A condition with the numbers of its targets; `foot` is room for the sign at the foot of the node."""
    where = " + ".join(numbers[target] for target in leaving.targets)
    room = width - 2 * m.CASE_PADDING
    # The numbers stay together at the end, also of a text that has no room.
    lead = f"→\N{NO-BREAK SPACE}{where.replace(' ', chr(0xA0))}"
    lines = wrap(leaving.text, room, m.SMALL, most=m.MOST_LINES - 1) if leaving.text else ()
    joined = wrap(f"{lines[-1]} {lead}", room, m.SMALL) if lines else wrap(lead, room, m.SMALL)
    lines = (*lines[:-1], *joined)
    height = max(m.CASE, m.TRACK * (len(leaving.targets) + 1), len(lines) * m.SMALL_LEADING + m.PADDING)
    return CaseRow(leaving, top, height + foot, lines)


def _notes(partners: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(wrap(partner, m.NOTE - 2 * m.PADDING, m.SMALL, most=3) for partner in partners)


def _first(stack: tuple[tuple[str, ...], ...]) -> int:
    """Where the line meets a note, below its top: at the first name."""
    return m.PADDING // 2 + len(stack[0]) * m.SMALL_LEADING // 2 + m.PADDING // 2


def note_top(row: Row, stack: tuple[tuple[str, ...], ...]) -> int:
    """Where a note of a row begins."""
    return row.passing - _first(stack)


def note_height(stack: tuple[tuple[str, ...], ...]) -> int:
    """How high a note is."""
    return m.PADDING + sum(len(lines) * m.SMALL_LEADING + m.PADDING // 2 for lines in stack)


def note_bottom(row: Row, stack: tuple[tuple[str, ...], ...]) -> int:
    """Where a note of a row ends."""
    return note_top(row, stack) + note_height(stack)


def height(found: tuple[Row, ...]) -> int:
    """How high all rows are together, notes included."""
    notes = (note_bottom(row, stack) for row in found for stack in (row.comes, row.goes) if stack)
    return max((*(row.bottom + m.GAP for row in found), *(bottom + m.NOTE_SPACE for bottom in notes)), default=m.GAP)
