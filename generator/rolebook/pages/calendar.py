"""The training calendar: what is held on which day, and what is due without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rolebook.model.backlinks import roles_by_function
from rolebook.model.dates import CourseDay, course_days, days_by_plan, days_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Function
from rolebook.model.training import TrainingPlan
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, TRAINING_CALENDAR
from rolebook.rendering import Links, Look, Writing

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Dated(NamedTuple):
    """A role or a plan with dates, and with how many."""

    id: str
    name: str
    dates: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The dates of all plans, and which files a calendar program can have of them."""

    to_come: tuple[CourseDay, ...]
    passed: tuple[CourseDay, ...]
    """Those before the day that counted as today, the latest first."""
    undated: tuple[TrainingPlan, ...]
    """The plans that are taken on other occasions than on fixed days."""
    roles: tuple[tuple[Function, tuple[Dated, ...]], ...]
    """The roles that have dates, by function."""
    plans: tuple[Dated, ...]
    """The plans that have dates."""

    @property
    def dated(self) -> bool:
        """Whether there is any date at all, and so a file."""
        return bool(self.plans)

    def weekday(self, day: date) -> str:
        """The day of the week, in English."""
        return WEEKDAYS[day.weekday()]


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The one page of the calendar; dates have passed as of the day of the check."""
    view = _view(handbook, checked.today if checked else date.min)
    yield compose(
        handbook,
        links,
        TRAINING_CALENDAR,
        "calendar",
        view,
        _parts(view, links.look),
        title=INDEX_HEADINGS[TRAINING_CALENDAR],
        description="On which days training is held, what is due without a date, and files for calendar programs.",
        source=None,
    )


def _parts(view: CalendarView, look: Look) -> Iterator[Part]:
    yield Part("section_dates", "Dates")
    for month, days in groupby(view.to_come, key=lambda one: f"{one.day:%Y-%m}"):
        heading = Writing(look.speech).month(month)
        yield Part("month", heading, id=f"month_{month}", level=3, about={"month": heading, "days": tuple(days)})
    yield Part("section_undated", "Without a date")
    yield Part("section_files", "For your own calendar")
    yield Part("section_passed", "Dates that have passed")


def _view(handbook: Handbook, today: date) -> CalendarView:
    dated = course_days(handbook)
    of_role = days_by_role(handbook)
    by_function = (
        (function, tuple(Dated(role.id, role.name, len(of_role[role.id])) for role in roles if role.id in of_role))
        for function, roles in roles_by_function(handbook)
    )
    by_name = sorted(handbook.plans.values(), key=lambda plan: plan.name.casefold())
    of_plan = days_by_plan(handbook)
    return CalendarView(
        to_come=tuple(one for one in dated if one.day >= today),
        passed=tuple(one for one in reversed(dated) if one.day < today),
        undated=tuple(plan for plan in by_name if _recurs(plan)),
        roles=tuple((function, roles) for function, roles in by_function if roles),
        plans=tuple(Dated(plan.id, plan.name, len(of_plan[plan.id])) for plan in by_name if plan.id in of_plan),
    )


def _recurs(plan: TrainingPlan) -> bool:
    when = plan.when
    return when is not None and (when.within_days, when.every_months, when.on_release) != (None, None, None)
