"""Document control: every document that is approved, with its owner, its approval and its next review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.process import Approval, Process
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import CONTROL, INDEX_HEADINGS
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class Controlled:
    """A document: its kind, who keeps it (a role, or a function), and whether its review is overdue."""

    kind: str
    document: Process | JobDescription
    owner: tuple[str, str]
    overdue: bool

    @property
    def approval(self) -> Approval | None:
        """Who approved it, and when; None where nobody has."""
        return self.document.approval

    @property
    def order(self) -> tuple[date, str, str]:
        """What documents are sorted by: those without an approval first, then those to be reviewed soonest."""
        day = self.approval.next_review if self.approval else date.min
        return (day, self.document.name.casefold(), self.document.id)


@dataclass(frozen=True, slots=True)
class ControlView:
    """All documents, and how many of them need somebody to act."""

    documents: tuple[Controlled, ...]

    @property
    def overdue(self) -> int:
        """How many are to be reviewed since some day that has passed."""
        return sum(entry.overdue for entry in self.documents)

    @property
    def unapproved(self) -> int:
        """How many nobody has approved."""
        return sum(entry.approval is None for entry in self.documents)

    @property
    def next(self) -> Controlled | None:
        """The document whose review comes next, among those that are not overdue."""
        return next((entry for entry in self.documents if entry.approval and not entry.overdue), None)


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The one page of document control; reviews are overdue as of the day of the check."""
    today = checked.today if checked else date.min
    view = ControlView(tuple(sorted(_documents(handbook, today), key=lambda entry: entry.order)))
    yield compose(
        handbook,
        links,
        CONTROL,
        "control",
        view,
        [Part("section_documents", "Documents")],
        title=INDEX_HEADINGS[CONTROL],
        description="Every process and job description, with its owner, its approval and its next review.",
        source=None,
    )


def _documents(handbook: Handbook, today: date) -> Iterator[Controlled]:
    for process in handbook.processes.values():
        yield Controlled("process", process, ("role", process.owner), _overdue(process.approval, today))
    for job in handbook.jobs.values():
        yield Controlled("job", job, ("function", job.function), _overdue(job.approval, today))


def _overdue(approval: Approval | None, today: date) -> bool:
    return approval is not None and approval.next_review < today
