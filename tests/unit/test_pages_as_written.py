"""Whatever an author writes shows on the pages as it was written, and never becomes HTML."""

import dataclasses
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import pytest

from rolebook.loading import load
from rolebook.model import improvement, job, organisation, process, raci, training
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Money, Waiver
from rolebook.model.job import JobObjective
from rolebook.model.process import Baseline, Scope
from rolebook.model.raci import Event, Holders, Incompatible
from rolebook.pages import Links, Page, handbook_pages
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
HERE = Span("x.yaml", 1, 1, 1, 2)
NASTY = "<script>alert(1)</script> {{ 7*7 }} {% raw %} {# x #} **x** [a](javascript:b) \"q\" 'q' &amp; <img src=x>"
NOT_SHOWN = ("formerly",)
"""Fields that are for Rolebook, not for readers."""


class Texts:
    """Nasty texts, each with a number of its own, and what each was written into."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.used: dict[str, str] = {}

    def new(self, where: str) -> Text:
        text = f"N{next(self.numbers)}N {NASTY}"
        self.used[text] = where
        return Text(text, HERE)

    def fill(self, value: Any) -> Any:
        """`value` with a nasty text in every field that takes a text of the author's own, also where none was."""
        if isinstance(value, Mapping):
            return MappingProxyType({key: self.fill(entry) for key, entry in value.items()})
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self.fill(entry) for entry in value)
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            return value
        hints = get_type_hints(type(value), include_extras=True)
        changes = {}
        for field in dataclasses.fields(value):
            if field.init and field.name not in NOT_SHOWN:
                where = f"{type(value).__name__}.{field.name}"
                changes[field.name] = self.filled(getattr(value, field.name), hints[field.name], where)
        return dataclasses.replace(value, **changes)

    def filled(self, value: Any, hint: Any, where: str) -> Any:
        if not any(form in (v.LINE, v.PROSE) for form in forms(hint)):
            return self.fill(value)
        return (self.new(where), self.new(where)) if isinstance(value, tuple) else self.new(where)


def forms(hint: Any) -> Iterator[v.Form]:
    yield from (form for form in getattr(hint, "__metadata__", ()) if isinstance(form, v.Form))
    for part in get_args(hint):
        yield from forms(part)


def complete(handbook: Handbook) -> Handbook:
    """The handbook with everything that an author may leave out."""
    text, specialist = Text("text", HERE), Text("specialist", HERE)
    incident = handbook.processes["incident"]
    baseline = Baseline(value=v.Number("9.5"), date=v.Day(2025, 10, 31), span=HERE)
    kpi = dataclasses.replace(incident.kpis[0], baseline=baseline)
    scope = Scope(includes=(text,), excludes=(text,), span=HERE)
    holders = Holders(least=v.Whole(1), most=v.Whole(3), note=text, span=HERE)
    incompatible = Incompatible(role=Text("agent", HERE), reason=text, span=HERE)
    objective = JobObjective(objective=text, kpi=Text("incident/time-to-restore", HERE), span=HERE)
    waivers = (Waiver(of=Text(of, HERE), for_=specialist, reason=text, span=HERE) for of in ("duty", "training"))
    processes = {"incident": dataclasses.replace(incident, scope=scope, kpis=(kpi, *incident.kpis[1:]))}
    specialist_role = dataclasses.replace(
        handbook.roles["specialist"],
        holders=holders,
        incompatible_with=(incompatible,),
        history=(Event(date=v.Day(2024, 9, 1), event=text, span=HERE),),
    )
    jobs = {"desk-agent": dataclasses.replace(handbook.jobs["desk-agent"], objectives=(objective,))}
    swarming = dataclasses.replace(
        handbook.improvements["swarming"],
        cost=Money(once=v.Number("1200"), per_year=v.Number("10"), span=HERE),
        saves=Money(per_year=v.Number("8000"), span=HERE),
        due=v.Day(2026, 5, 1),
        waivers=tuple(waivers),
    )
    return dataclasses.replace(
        handbook,
        processes=MappingProxyType(dict(handbook.processes) | processes),
        roles=MappingProxyType(dict(handbook.roles) | {"specialist": specialist_role}),
        jobs=MappingProxyType(dict(handbook.jobs) | jobs),
        improvements=MappingProxyType(dict(handbook.improvements) | {"swarming": swarming}),
    )


class Read(HTMLParser):
    """The text of a page as a browser shows it, and its elements and attributes."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.text: list[str] = [page.title, page.description]
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(str(page.lead))
        for section in page.sections:
            self.text.append(section.heading)
            self.feed(str(section.body))
        self.close()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture(scope="module", name="texts")
def _texts() -> Texts:
    return Texts()


@pytest.fixture(scope="module", name="read")
def _read(texts: Texts) -> list[Read]:
    filled = texts.fill(complete(load(GIVEN).handbook))
    return [Read(page) for page in handbook_pages(filled, Links())]


def test_every_text_shows_as_it_was_written(texts: Texts, read: list[Read]) -> None:
    shown = "\n".join(text for page in read for text in page.text)
    missing = {where for text, where in texts.used.items() if text not in shown}
    assert len(texts.used) > 150
    assert missing == {"Question.wrong"}  # it is in packs and courses, among the right answers


def test_every_kind_of_text_was_tried(texts: Texts, read: list[Read]) -> None:
    assert set(texts_declared()) == set(texts.used.values())


def texts_declared() -> Iterator[str]:
    """Every field of the model that takes a text of the author's own."""
    for module in (improvement, job, organisation, process, raci, training):
        for cls in vars(module).values():
            if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__:
                for name, hint in get_type_hints(cls, include_extras=True).items():
                    if name not in NOT_SHOWN and any(form in (v.LINE, v.PROSE) for form in forms(hint)):
                        yield f"{cls.__name__}.{name}"


def test_no_text_becomes_an_element_or_an_attribute(read: list[Read]) -> None:
    harmless = [Read(page) for page in handbook_pages(complete(load(GIVEN).handbook), Links())]
    for name in ("tags", "attributes"):
        ours = {one for page in harmless for one in getattr(page, name)}
        assert {one for page in read for one in getattr(page, name)} <= ours
