"""How far the change has come: its eight steps, with what was done for each and what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolebook.model.handbook import Handbook
from rolebook.model.planning import TAKEN, progress, steps_in_order
from rolebook.model.steps import STEPS, Deed, Step
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS
from rolebook.pages.places import STEPS as PATH
from rolebook.rendering import Links, Look


@dataclass(frozen=True, slots=True)
class StepsView:
    """The steps in their order, each with how far it has come."""

    steps: tuple[tuple[Step, str], ...]
    names: Mapping[str, str]

    @property
    def taken(self) -> int:
        """How many steps are taken."""
        return sum(progress == TAKEN for _, progress in self.steps)

    def deeds(self, step: Step) -> tuple[Deed, ...]:
        """What was done for a step, the earliest first."""
        return tuple(sorted(step.done, key=lambda one: one.date))


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The page of the eight steps; none where they are not written."""
    if handbook.steps is None:
        return
    view = StepsView(tuple((step, progress(step)) for step in steps_in_order(handbook)), _names(links.look))
    yield compose(
        handbook,
        links,
        PATH,
        "steps",
        view,
        _parts(view),
        title=INDEX_HEADINGS[PATH],
        description="The eight steps of the change: what was done for each, what shows it, and what is left.",
        source=handbook.steps.span,
    )


def _names(look: Look) -> Mapping[str, str]:
    """What the steps are called."""
    say = look.say
    return {
        "create-urgency": say("Create urgency"),
        "form-coalition": say("Form a coalition"),
        "create-vision": say("Create a vision"),
        "communicate-vision": say("Communicate the vision"),
        "empower-people": say("Empower people to act on it"),
        "create-quick-wins": say("Create quick wins"),
        "consolidate": say("Consolidate, and go on"),
        "institutionalise": say("Institutionalise the new way"),
    }


def _parts(view: StepsView) -> Iterator[Part]:
    yield Part("section_overview", "At a glance")
    for step, how_far in view.steps:
        name = f"{STEPS.index(step.step) + 1}. {view.names[step.step]}"
        about = {"step": step, "progress": how_far}
        yield Part("step", name, step.span, id=f"step_{step.step}", about=about)
