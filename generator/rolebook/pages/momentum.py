"""What keeps the programme going: successes that were celebrated and rewarded, and suggestions with their answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rolebook.model.communication import SENT, Communication
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.momentum import ADOPTED, DECLINED, WAITING, Recognition, Success, Suggestion
from rolebook.model.planning import Answers, answers, successes, suggestions
from rolebook.model.telling import communications_by_improvement
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, MOMENTUM
from rolebook.rendering import Links

_HEADINGS = {
    WAITING: "Suggestions that wait for an answer",
    ADOPTED: "Suggestions that were adopted",
    DECLINED: "Suggestions that were declined",
}


class SuccessView(NamedTuple):
    """A success with its improvement, and what told of it."""

    success: Success
    improvement: Improvement
    told: tuple[Communication, ...]


@dataclass(frozen=True, slots=True)
class MomentumView:
    """What went well, and what employees suggested, the newest first."""

    successes: tuple[SuccessView, ...]
    suggestions: Mapping[str, tuple[Suggestion, ...]]
    """By what became of them."""
    answers: Answers
    today: date | None
    """The day, where it is known."""

    @property
    def celebrated(self) -> int:
        """How many successes have been celebrated."""
        return sum(self.took_place(one.success.celebrated) for one in self.successes)

    @property
    def rewarded(self) -> int:
        """How many successes have been rewarded."""
        return sum(self.took_place(one.success.rewarded) for one in self.successes)

    def took_place(self, recognition: Recognition | None) -> bool:
        """Whether somebody was thanked, and is not only going to be."""
        return recognition is not None and (self.today is None or recognition.date <= self.today)


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The page of successes and suggestions; none where they are not written."""
    if handbook.momentum is None:
        return
    view = _view(handbook, checked.today if checked else None)
    yield compose(
        handbook,
        links,
        MOMENTUM,
        "momentum",
        view,
        _parts(view),
        title=INDEX_HEADINGS[MOMENTUM],
        description="What went well and how it was celebrated, and what became of the suggestions of employees.",
        source=handbook.momentum.span,
    )


def _parts(view: MomentumView) -> Iterator[Part]:
    yield Part("section_successes", "Successes")
    seen: dict[str, int] = {}
    for one in view.successes:
        improvement = str(one.improvement.id)
        seen[improvement] = seen.get(improvement, 0) + 1
        again = f"_{seen[improvement]}" if seen[improvement] > 1 else ""
        about = {"success": one.success, "improvement": one.improvement, "told": one.told}
        yield Part(
            "success", one.improvement.name, one.success.span, id=f"success_{improvement}{again}", level=3, about=about
        )
    for state, heading in _HEADINGS.items():
        yield Part("suggestions", heading, id=f"section_{state}", about={"several": view.suggestions[state]})


def _view(handbook: Handbook, today: date | None) -> MomentumView:
    told = communications_by_improvement(handbook)
    every = suggestions(handbook)
    return MomentumView(
        successes=tuple(
            SuccessView(
                one,
                handbook.improvements[one.improvement],
                tuple(each for each in told.get(str(one.improvement), ()) if each.state == SENT),
            )
            for one in successes(handbook)
        ),
        suggestions={state: tuple(one for one in every if one.state == state) for state in _HEADINGS},
        answers=answers(every),
        today=today,
    )
