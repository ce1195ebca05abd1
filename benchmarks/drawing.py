"""How drawing swim lanes compares with printing the matrix of the same process as a table.

    python -m benchmarks.drawing [--processes 300] [--runs 5]

Random processes of 5 to 40 activities and 2 to 9 roles are drawn and printed as SVG; tables of as many rows and columns
are printed by the template of a process page, with a letter in every other cell. Both in turn, in this process; what
counts is CPU. The figure we mean to hold: at most ten times.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from types import SimpleNamespace

from markupsafe import Markup

from benchmarks.charts import chart
from rolebook.drawing.lanes import draw
from rolebook.drawing.shapes import Chart
from rolebook.model.raci import Involvement
from rolebook.rendering import Blocks, anchor

PROCESS = SimpleNamespace(id="process", name="Process")


class Links:
    """What the template of a page knows as `link`: it leads nowhere."""

    def __call__(self, _kind: str, reference: str) -> Markup:
        return anchor(f"#{reference}", "Carry the change out in its slot")

    def who(self, reference: str) -> Markup:
        """A link to a role."""
        return anchor(f"#{reference}", "Technical Specialist")


def drawing(given: Chart) -> Callable[[], Markup]:
    """Draws a chart and prints it."""

    def job() -> Markup:
        view = SimpleNamespace(process=PROCESS, activities=(), drawing=draw(given))
        return Blocks("process", view=view, link=Links()).render("section_flow")

    return job


def table(given: Chart) -> Callable[[], Markup]:
    """Prints a matrix of the size of a chart."""
    letters = tuple(Involvement)
    columns = [lane.key for lane in given.lanes]
    rows = [
        SimpleNamespace(
            reference=node.id,
            letters={key: (letters[n % 4],) for n, key in enumerate(columns) if (n + place) % 2},
        )
        for place, node in enumerate(given.nodes)
    ]
    view = SimpleNamespace(process=PROCESS, columns=columns, activities=rows)
    return lambda: Blocks("process", view=view, link=Links()).render("section_matrix")


def seconds(jobs: list[Callable[[], Markup]]) -> float:
    """The CPU that all jobs take together."""
    began = time.process_time()
    for job in jobs:
        job()
    return time.process_time() - began


def main() -> None:
    """Measure, and print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    charts = [chart(seed) for seed in range(arguments.processes)]
    drawings, tables = [drawing(given) for given in charts], [table(given) for given in charts]
    seconds(drawings[:1])
    seconds(tables[:1])
    runs = [(seconds(drawings), seconds(tables)) for _ in range(arguments.runs)]
    drawn, printed = (statistics.median(run[side] for run in runs) for side in (0, 1))
    print(f"CPU of {arguments.processes} processes, median of {arguments.runs} runs in turn")
    print("| drawings / tables | drawings, ms each | tables, ms each |")
    print("| ---: | ---: | ---: |")
    each = 1000 / arguments.processes
    ratio = statistics.median(d / t for d, t in runs)
    print(f"| {ratio:.1f} | {drawn * each:.2f} | {printed * each:.2f} |")


if __name__ == "__main__":
    main()
