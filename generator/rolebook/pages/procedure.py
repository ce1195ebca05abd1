"""The procedure of a process: each activity in full, and what passes in and out, partner by partner."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.handbook import Handbook
from rolebook.model.partners import NONE, passages_by_process
from rolebook.model.process import Process
from rolebook.model.raci import Involvement
from rolebook.pages import handoffs
from rolebook.pages.activities import ActivityView, activities_by_process
from rolebook.pages.composing import Part, compose
from rolebook.pages.handoffs import Exchanges
from rolebook.pages.linking import Linker
from rolebook.pages.marks import Marks, marks
from rolebook.pages.page import Page
from rolebook.pages.places import place
from rolebook.rendering import Links, Look

_ABOUT = "How each activity of {process} is done, who takes part in it, and what is taken over and handed over."


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A process with its activities, and its hand-offs by those it takes from and hands over to."""

    process: Process
    activities: tuple[ActivityView, ...]
    taken: tuple[Exchanges, ...]
    given: tuple[Exchanges, ...]
    marks: Marks
    """What is new in it, and what changed."""
    involvements: tuple[Involvement, ...] = tuple(Involvement)


def title(process: Process, look: Look) -> str:
    """What the page is called, there and in the navigation."""
    return look.say("{process}: procedure").format(process=process.name)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each process."""
    say = links.look.say
    for process in handbook.processes.values():
        path = place("procedure", process.id).page
        view = _view(handbook, process, Linker(handbook, links, path))
        yield compose(
            handbook,
            links,
            path,
            "procedure",
            view,
            _parts(view),
            title=title(process, links.look),
            description=say(_ABOUT).format(process=process.name),
            source=process.span,
        )


def _parts(view: ProcedureView) -> Iterator[Part]:
    process = view.process
    for one in view.activities:
        yield Part("activity", one.activity.name, one.activity.span, id=one.activity.id, about={"one": one})
    yield Part("section_taken", "What it takes over", process.takes[0].span if process.takes else None)
    yield Part("section_given", "What it hands over", process.hands_over[0].span if process.hands_over else None)


def _view(handbook: Handbook, process: Process, link: Linker) -> ProcedureView:
    passages = passages_by_process(handbook).get(process.id, NONE)
    return ProcedureView(
        process=process,
        activities=activities_by_process(handbook)[process.id],
        taken=handoffs.taken(handbook, process, passages),
        given=handoffs.given(handbook, process, passages),
        marks=marks(link, process.id),
    )
