"""Swim lanes, from shapes to geometry: work flows down, a row for each node, and each lane is a column."""

from collections.abc import Iterator

from rolebook.drawing import measures as m
from rolebook.drawing.columns import Columns, columns
from rolebook.drawing.geometry import Band, Box, Case, Drawing, Label, Line, Mark, Note, Point, Work
from rolebook.drawing.metrics import wrap
from rolebook.drawing.order import ordered
from rolebook.drawing.routes import FOOT, LEFT, RIGHT, Leg, arrival, legs, plain, trunks
from rolebook.drawing.rows import Row, height, note_height, note_top, rows
from rolebook.drawing.shapes import Chart, Lane
from rolebook.drawing.sheets import sheets


def draw(chart: Chart) -> Drawing:
    """Everything in its place."""
    chart = ordered(chart)
    found = rows(chart.nodes, m.box_width(len(chart.lanes)), plain(chart.nodes), chart.end)
    lines = legs(found)
    comes, goes = any(row.comes for row in found), any(row.goes for row in found)
    left = m.NOTE + m.NOTE_GAP + 1 if comes else 1
    grid = columns(found, lines, trunks(found, lines), len(chart.lanes), left)
    right = grid.lanes[-1].right if grid.lanes else left
    bottom = height(found)
    head, labels = _heads(chart.lanes, grid)
    return Drawing(
        width=right + (m.NOTE + m.NOTE_GAP + 1 if goes else 1),
        height=bottom,
        head=head,
        bands=tuple(
            Band(Box(column.left, 0, column.right - column.left, bottom), label, lane.href, lane.key)
            for lane, column, label in zip(chart.lanes, grid.lanes, labels, strict=True)
        ),
        edges=tuple(_edges(chart, found, right)),
        works=tuple(_work(found, place, lines, grid) for place in range(len(found))),
        notes=tuple(note for row in found for note in _notes(row, grid, right)),
        sheets=sheets(found, right, bottom, head),
    )


def _heads(lanes: tuple[Lane, ...], grid: Columns) -> tuple[int, tuple[Label, ...]]:
    """How high the heads are, and the names in them."""
    texts = tuple(wrap(lane.label, grid.node, m.TEXT, bold=True, most=3) for lane in lanes)
    most = max((len(text) for text in texts), default=1)
    head = most * m.LEADING + 2 * m.PADDING
    places = zip(texts, grid.lanes, strict=True)
    return head, tuple(_label(column.node, m.PADDING, text, m.LEADING) for text, column in places)


def _edges(chart: Chart, found: tuple[Row, ...], right: int) -> Iterator[Label]:
    """What stands above the notes at the left and at the right."""
    room = m.NOTE - 2 * m.PADDING
    if any(row.comes for row in found):
        yield _label(1 + m.PADDING, m.PADDING, wrap(chart.comes, room, m.SMALL, most=1), m.LEADING)
    if any(row.goes for row in found):
        x = right + m.NOTE_GAP + m.PADDING
        yield _label(x, m.PADDING, wrap(chart.goes, room, m.SMALL, most=1), m.LEADING)


def _label(x: int, top: int, lines: tuple[str, ...], leading: int) -> Label:
    return Label(x, top + leading * 3 // 4, lines, leading)


def _work(found: tuple[Row, ...], place: int, lines: tuple[Leg, ...], grid: Columns) -> Work:
    row = found[place]
    left = grid.lanes[row.node.lane].node
    text_height = len(row.text) * m.LEADING + len(row.small) * m.SMALL_LEADING
    top = row.top + (row.head - text_height) // 2
    x = left + m.PADDING + m.NUMBER
    own = [leg for leg in lines if leg.source == place]
    return Work(
        id=row.node.id,
        href=row.node.href,
        keys=row.node.keys,
        box=Box(left, row.top, grid.node, row.height),
        head=Box(left, row.top, grid.node, row.head),
        number=_label(left + m.PADDING, top, (str(place + 1),), m.LEADING),
        text=_label(x, top, row.text, m.LEADING),
        small=_label(x, top + len(row.text) * m.LEADING, row.small, m.SMALL_LEADING),
        cases=tuple(_cases(row, left, grid.node)),
        lines=tuple(_line(leg, found, grid) for leg in own),
        marks=(*_starts(row, left), *_signs(row, left, grid.node, own), *_ends(row, left, grid.node, own)),
    )


def _cases(row: Row, left: int, width: int) -> Iterator[Case]:
    for case in row.cases:
        top = row.top + case.top
        text = top + (m.CASE - m.SMALL_LEADING) // 2
        label = _label(left + m.CASE_PADDING, text, case.lines, m.SMALL_LEADING)
        yield Case(Box(left, top, width, case.height), label)


def _line(leg: Leg, found: tuple[Row, ...], grid: Columns) -> Line:
    """The whole of a line: to its target, or to the sign that the work ends."""
    source = found[leg.source]
    left = grid.lanes[source.node.lane].node
    if leg.side == FOOT:
        start = Point(left + grid.node // 2 + leg.at, source.bottom)
    else:
        start = Point(left + grid.node if leg.side == RIGHT else left, leg.at)
    if leg.target is None:
        return Line((start, _end(leg, start)), "")
    target = found[leg.target]
    near = grid.lanes[target.node.lane].node
    side = arrival(source.node.lane, target.node.lane, leg.side)
    tip = Point(near + grid.node if side == RIGHT else near, target.entry)
    if leg.side != FOOT:
        along = grid.trunks[leg.target, side]
        return Line((start, Point(along, start.y), Point(along, tip.y), tip), target.node.id)
    if side == FOOT:
        return Line((start, Point(start.x, target.top)), target.node.id)
    return Line((start, Point(start.x, tip.y), tip), target.node.id)


def _end(leg: Leg, start: Point) -> Point:
    """Where a line meets the sign that the work ends."""
    return Point(start.x, start.y + m.MARK) if leg.side == FOOT else Point(start.x + 2 * m.MARK, start.y)


def _starts(row: Row, left: int) -> Iterator[Mark]:
    if row.node.starts:
        yield Mark("start", left + m.NUMBER, row.top - m.MARK * 5 // 2)


def _ends(row: Row, left: int, width: int, own: list[Leg]) -> Iterator[Mark]:
    for leg in own:
        if leg.target is None and leg.side == FOOT:
            yield Mark("end", left + width // 2 + leg.at, row.bottom + 2 * m.MARK)
        elif leg.target is None:
            yield Mark("end", left + width + 3 * m.MARK, leg.at)


def _signs(row: Row, left: int, width: int, own: list[Leg]) -> Iterator[Mark]:
    """Where ways part: at the sides and the foot of each case that lines leave."""
    for case in row.cases:
        if not case.exit.text:
            continue
        top = row.top + case.top
        kind = "fork" if len(case.exit.targets) > 1 else "choice"
        for side, x in ((LEFT, left), (RIGHT, left + width)):
            if any(leg.side == side and top < leg.at < top + case.height for leg in own):
                yield Mark(kind, x, top + case.height // 2)
        if case is row.cases[-1] and any(leg.side == FOOT for leg in own):
            yield Mark("fork-below" if kind == "fork" else kind, left + width // 2, row.bottom)


def _notes(row: Row, grid: Columns, right: int) -> Iterator[Note]:
    column = grid.lanes[row.node.lane]
    if row.comes:
        line = Line((Point(m.NOTE + 1, row.passing), Point(column.node, row.passing)), row.node.id)
        yield _note(row, 1, row.comes, line)
    if row.goes:
        x = right + m.NOTE_GAP
        line = Line((Point(column.node + grid.node, row.passing), Point(x, row.passing)), row.node.id)
        yield _note(row, x, row.goes, line)


def _note(row: Row, x: int, stack: tuple[tuple[str, ...], ...], line: Line) -> Note:
    y = top = note_top(row, stack)
    names: list[Label] = []
    y += m.PADDING // 2
    for lines in stack:
        names.append(_label(x + m.PADDING, y + m.PADDING // 4, lines, m.SMALL_LEADING))
        y += len(lines) * m.SMALL_LEADING + m.PADDING // 2
    return Note(row.node.href, Box(x, top, m.NOTE, note_height(stack)), tuple(names), line)
