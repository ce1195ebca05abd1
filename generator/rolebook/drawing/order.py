"""The order of lanes: work begins at the left, and neighbours are those that pass work to each other."""

from collections import Counter
from dataclasses import replace

from rolebook.drawing.shapes import END, Chart


def ordered(chart: Chart) -> Chart:
    """The chart with its lanes in a better order: the first node's, then the others, changed about while that helps."""
    between = _between(chart)
    first = chart.nodes[0].lane if chart.nodes else 0
    order = sorted(range(len(chart.lanes)), key=lambda lane: lane != first)
    length = _length(order, between)
    better = True
    while better:
        better = False
        for place in range(1, len(order) - 1):
            other = [*order]
            other[place : place + 2] = reversed(order[place : place + 2])
            if (shorter := _length(other, between)) < length:
                order, length, better = other, shorter, True
    if order == sorted(order):
        return chart
    places = {lane: place for place, lane in enumerate(order)}
    return replace(
        chart,
        lanes=tuple(chart.lanes[lane] for lane in order),
        nodes=tuple(replace(node, lane=places[node.lane]) for node in chart.nodes),
    )


def _between(chart: Chart) -> Counter[tuple[int, int]]:
    """How many ways there are between two lanes."""
    lane = {node.id: node.lane for node in chart.nodes}
    return Counter(
        (node.lane, lane[target])
        for node in chart.nodes
        for way in node.exits
        for target in way.targets
        if target != END and lane[target] != node.lane
    )


def _length(order: list[int], between: Counter[tuple[int, int]]) -> int:
    places = {lane: place for place, lane in enumerate(order)}
    return sum(count * abs(places[one] - places[other]) for (one, other), count in between.items())
