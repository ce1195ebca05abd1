"""Sizes that all parts of a drawing of swim lanes share, in whole pixels at full size."""

TEXT, SMALL = 14.0, 12.5
LEADING, SMALL_LEADING = 17, 16
MOST_LINES = 5
"""So many lines a text may have in a box; the whole of it stands in the list beside the drawing."""

PADDING = 8
NUMBER = 26
"""The room for a node's number, before its text."""
HEAD = 48
"""The least height of a node's head, so that lines find their places at its sides."""
CASE = 24
"""The least height of a condition."""
ENTRY, PASSING = 15, 34
"""Below the upper edge of a node: where lines arrive at its sides, and where hand-offs pass."""

GAP = 40
"""Between a row and the next one: room for the signs of an end above and of a start below, one after the other."""
ABOVE = 22
"""The part of the gap that belongs to the row below."""
TRACK = 10
"""Between parallel lines."""
REACH = 17
"""From a node to the nearest line beside it: an arrow's head and a turn."""
REACH_OF_END = 32
"""The same where the work ends beside the node."""
MARK = 6
"""The radius of the signs for start and end."""
PORT = 16
"""Between lines that leave a node at its foot."""
CLEAR = 420
"""After so much of the drawing, notes that hang beside the next row push it down, so that paper can be cut there."""
NOTE, NOTE_GAP = 114, 14
"""The width of the notes at the edges, and their distance from the lanes."""
NOTE_SPACE = 10
"""Between a note and the next one below."""
CASE_PADDING = 11
"""Beside the text of a condition: the signs at the sides reach into it."""


def box_width(lanes: int) -> int:
    """How wide the nodes are: narrower where there are many lanes."""
    return max(164, 288 - 24 * lanes)
