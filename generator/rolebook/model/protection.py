"""What an achieved improvement protects once it is released."""

import re
from collections.abc import Iterable, Iterator

from rolebook.model.catalogue import of_kind
from rolebook.model.consolidation import Reach, consolidation
from rolebook.model.coverage import Part
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.process import Process
from rolebook.model.protected import (
    GONE,
    PARTS,
    Kept,
    KeptControl,
    KeptDuty,
    KeptHandOff,
    KeptKpi,
    KeptLetter,
    KeptModule,
    KeptObjective,
    Protected,
)
from rolebook.model.raci import Involvement
from rolebook.source import Span, Text
from rolebook.value import made

Found = tuple[str, Kept]
"""Something that is protected, and the field of `Protected` that holds it."""
HOLDING = (Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE)
"""The letters that are protected."""


def brought(handbook: Handbook, improvement: Improvement, version: str) -> Protected:
    """What an achieved improvement protects once it is released in a version."""
    span = improvement.span
    found: list[Found] = [("things", _text(f"improvement:{improvement.id}", span))]
    for element in dict.fromkeys((*improvement.adds, *improvement.changes)):
        found += _of_element(handbook, element)
    removed = (gone for gone in improvement.removes if _is_element(gone) and is_gone(handbook, gone))
    found += (("removed", _text(gone, span)) for gone in removed)
    for reach in consolidation(handbook, improvement):
        found += _of_reach(reach, span)
    return gathered(improvement.id, improvement.name, _text(version, span), found, span)


def gathered(improvement: Text, name: Text, since: Text, found: Iterable[Found], span: Span) -> Protected:
    """What an improvement protects, each thing once and in an order that does not depend on the files."""
    told = tuple(dict.fromkeys(found))
    parts = {part: tuple(sorted((one for where, one in told if where == part), key=repr)) for part in PARTS}
    return made(Protected, {"improvement": improvement, "name": name, "since": since, "span": span, **parts})


def _is_element(text: str) -> bool:
    """Whether what an improvement takes out is written as in `adds`; it may be written otherwise."""
    return re.fullmatch(GONE.pattern, text, re.ASCII) is not None


def is_gone(handbook: Handbook, element: str) -> bool:
    """Whether something that was taken out, written as in `removes`, is not in the handbook, or out of use there."""
    kind, _, reference = element.partition(":")
    role = handbook.roles.get(reference) if kind == "role" else None
    return reference not in of_kind(handbook, kind) or (role is not None and not role.active)


def _text(words: str, span: Span) -> Text:
    return Text(words, span)


def _of_element(handbook: Handbook, element: Text) -> Iterator[Found]:
    """What comes with a thing that an improvement adds or changes."""
    kind, _, reference = element.partition(":")
    process = handbook.processes.get(reference.partition("/")[0])
    if kind == "activity" and handbook.activity(reference):
        yield "things", _text(element, element.span)
        yield from _letters(handbook, reference, element.span)
    elif kind == "role":
        now = handbook.roles.get(handbook.current(reference))
        if now and now.active:
            yield "things", _text(f"role:{now.id}", element.span)
    elif process:
        yield from _of_process(handbook, process, kind, reference, element.span)


def _letters(handbook: Handbook, reference: str, span: Span) -> Iterator[Found]:
    process, _, activity = reference.partition("/")
    for letter in HOLDING:
        for role in handbook.assigned(process, activity, letter):
            holder = _text(handbook.current(role), span)
            yield (
                "letters",
                KeptLetter(activity=_text(reference, span), letter=_text(letter.value, span), role=holder, span=span),
            )


def _of_process(handbook: Handbook, process: Process, kind: str, reference: str, span: Span) -> Iterator[Found]:
    """A hand-off, a control or a KPI of a process."""
    id, whole = reference.partition("/")[2], _text(reference, span)
    for given in process.hands_over if kind == "hand-off" else ():
        if given.id == id:
            yield "hand_offs", KeptHandOff(hand_off=whole, to=given.to, span=span)
    for control in process.controls if kind == "control" else ():
        for at in control.at if control.id == id else ():
            yield "controls", KeptControl(control=whole, at=_text(f"{process.id}/{at}", span), span=span)
    for kpi in process.kpis if kind == "kpi" else ():
        if kpi.id == id:
            yield "kpis", kept_kpi(handbook, process, kpi.id)


def kept_kpi(handbook: Handbook, process: Process, id: str) -> KeptKpi:
    """A KPI of a process as it is protected now."""
    kpi = next(kpi for kpi in process.kpis if kpi.id == id)
    target = kpi.target
    return KeptKpi(
        kpi=_text(f"{process.id}/{kpi.id}", kpi.id.span),
        owner=_text(handbook.current(kpi.owner), kpi.owner.span),
        unit=kpi.unit,
        better=kpi.better,
        value=target.value,
        low=target.low,
        high=target.high,
        span=kpi.span,
    )


def _of_reach(reach: Reach, span: Span) -> Iterator[Found]:
    """The duties, objectives and modules by which an improvement reached a role that it touches."""
    touch, role = reach.touch, _text(reach.touch.role, span)
    if touch.part is None:
        kpi = _text(touch.kpi, span)
        yield from (("objectives", KeptObjective(kpi=kpi, role=role, job=j.id, span=span)) for j in reach.having)
        return
    activity, letters = _did(touch.part, span)
    for job in reach.having:
        yield "duties", KeptDuty(activity=activity, role=role, letters=letters, job=job.id, span=span)
    for plan, module in reach.modules:
        whole = _text(f"{plan.id}/{module.id}", span)
        yield "modules", KeptModule(activity=activity, role=role, letters=letters, module=whole, span=span)


def _did(part: Part, span: Span) -> tuple[Text, tuple[Text, ...]]:
    """An activity, and the letters in it that matter."""
    letters = tuple(_text(letter.value, span) for letter in part.involvements if letter in HOLDING)
    return _text(part.reference, span), letters
