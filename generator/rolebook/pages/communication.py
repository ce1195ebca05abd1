"""Who is told what: what comes next, what still has to be told, what is told in a rhythm, and what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import get_args

from rolebook.comparing.effects import effects_by_release
from rolebook.model.communication import CANCELLED, PLANNED, SENT, Communication, Rhythm
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.release import Release
from rolebook.model.telling import Told, communications, newest_first, told_of, told_of_release
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import COMMUNICATION, INDEX_HEADINGS
from rolebook.rendering import Links

_RELEASES = 3
"""So many of the newest releases are looked through for roles that nobody has told."""
_RHYTHMS = get_args(Rhythm)[1].words


@dataclass(frozen=True, slots=True)
class CommunicationView:
    """The communication plan and its log, and what neither has told yet."""

    to_come: tuple[Communication, ...]
    improvements: tuple[tuple[Improvement, Told], ...]
    """Those achieved that touch roles which have not been told."""
    releases: tuple[tuple[Release, Told], ...]
    """Of the newest ones, those that concern roles which have not been told."""
    regular: tuple[Communication, ...]
    sent: tuple[Communication, ...]
    cancelled: tuple[Communication, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The page of the communication plan; none without one."""
    if handbook.communication is None:
        return
    yield compose(
        handbook,
        links,
        COMMUNICATION,
        "communication",
        _view(handbook),
        [
            Part("section_next", "What comes next"),
            Part("section_untold", "What still has to be told"),
            Part("section_regular", "What is told regularly"),
            Part("section_sent", "What was sent"),
            Part("section_cancelled", "What was cancelled"),
        ],
        title=INDEX_HEADINGS[COMMUNICATION],
        description="Who is told what, why it matters to them, and what was told already.",
        source=handbook.communication.span,
    )


def _view(handbook: Handbook) -> CommunicationView:
    every = communications(handbook)
    planned = [one for one in every if one.state == PLANNED]
    achieved = [one for one in handbook.improvements.values() if one.status == Status.ACHIEVED.value]
    return CommunicationView(
        to_come=tuple(sorted((one for one in planned if one.every is None), key=_by_day)),
        improvements=tuple((one, told) for one in achieved if (told := told_of(handbook, one)).untold),
        releases=tuple(_untold_releases(handbook)),
        regular=tuple(sorted((one for one in planned if one.every is not None), key=_by_rhythm)),
        sent=newest_first(one for one in every if one.state == SENT),
        cancelled=newest_first(one for one in every if one.state == CANCELLED),
    )


def _untold_releases(handbook: Handbook) -> Iterator[tuple[Release, Told]]:
    """The newest releases with whom they concern, where somebody of them was not told, the newest first."""
    found = effects_by_release(handbook)
    for release in islice(reversed([*handbook.releases.values()]), _RELEASES):
        concerned = [affected.who.reference for affected in found[release.id].roles] if release.id in found else []
        told = told_of_release(handbook, release, concerned)
        if told.untold:
            yield release, told


def _by_day(communication: Communication) -> tuple[date, str]:
    return communication.date or date.max, str(communication.id)


def _by_rhythm(communication: Communication) -> tuple[int, str]:
    return _RHYTHMS.index(str(communication.every)), str(communication.id)
