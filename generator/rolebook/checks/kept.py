"""How it stands with what released improvements protect in processes, matrices and roles."""

from collections.abc import Iterator
from dataclasses import replace

from rolebook.checks.held import Held, Loss
from rolebook.checks.slips import perhaps
from rolebook.checks.whereabouts import gap, today
from rolebook.checks.wording import place, quoted, title, with_article
from rolebook.model.belonging import belonging
from rolebook.model.catalogue import Thing, of_kind, path_of
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.process import Control, HandOff, Kpi
from rolebook.model.protected import KeptControl, KeptHandOff, KeptKpi, KeptLetter
from rolebook.model.protection import is_gone, kept_kpi
from rolebook.model.raci import Involvement
from rolebook.source import Span, Text

_BOUNDS = {"value": "", "low": "its lower bound is ", "high": "its upper bound is "}
"""The numbers of a target, and what each is called."""
_HOW = {Involvement.RESPONSIBLE: "responsible", Involvement.ACCOUNTABLE: "accountable"}


def thing(handbook: Handbook, kept: Text) -> Held:
    """An activity or a role that stays, or the improvement itself, as an achieved one."""
    kind, _, reference = kept.partition(":")
    now = today(handbook, kind, reference)
    what = f"the {title(kind)} {quoted(now or reference)} is there"
    if kind == "improvement":
        what = f"the improvement {quoted(now or reference)} is achieved"
    if now is None:
        span = gap(handbook, kind, reference)
        where = f"to {span.path}" if kind == "activity" and span.line > 1 else f"back: {path_of(kind, reference)}"
        verb = "Add it again" if where.startswith("to") else "Get its file"
        lost = Loss(span, f"the {title(kind)} {quoted(reference)} is gone", f"{verb} {where}")
        return Held(what, span, (lost,))
    found = of_kind(handbook, kind)[now]
    if lost_life := _out_of_use(handbook, kind, now):
        return Held(what, lost_life.span, (lost_life,))
    return Held(what, _named(found), kept=(Text(f"{kind}:{now}", kept.span),))


def _out_of_use(handbook: Handbook, kind: str, id: str) -> Loss | None:
    """What is wrong with an improvement that is no longer achieved, or a role that is retired."""
    if kind == "improvement":
        status = handbook.improvements[id].status
        if status != Status.ACHIEVED.value:
            return Loss(status.span, f"'{id}' is no longer achieved, but {status}", "Write 'status: achieved' again")
    if kind == "role" and (role := handbook.roles[id]).status and not role.active:
        return Loss(role.status.span, f"the role '{id}' is out of use", "Take the role into use again")
    return None


def removed(handbook: Handbook, kept: Text) -> Held:
    """Something that was taken out, and stays away."""
    kind, _, reference = kept.partition(":")
    owner, slash, local = reference.partition("/")
    now = f"{today(handbook, 'process', owner) or owner}/{local}" if slash else reference
    what = f"the {title(kind)} {quoted(now)} is gone"
    if is_gone(handbook, f"{kind}:{now}"):
        return Held(what, Span.of_file(path_of(kind, now)), kept=(Text(f"{kind}:{now}", kept.span),))
    found = of_kind(handbook, kind)[now]
    help = "Retire it again" if kind == "role" else "Take it out again"
    return Held(what, _named(found), (Loss(_named(found), f"the {title(kind)} {quoted(now)} is back", help),))


def letter(handbook: Handbook, kept: KeptLetter) -> Held:
    """A role that stays responsible or accountable."""
    how = Involvement(kept.letter)
    activity = today(handbook, "activity", kept.activity)
    role = today(handbook, "role", kept.role)
    what = f"{quoted(role or kept.role)} is {_HOW[how]} for {quoted(activity or kept.activity)}"
    if activity is None:
        return Held(what, gap(handbook, "activity", kept.activity))
    process, _, id = activity.partition("/")
    row = handbook.row(process, id)
    named = row.by(how) if row else ()
    for text in named:
        if handbook.current(text) == role:
            now = replace(kept, activity=_text(activity, kept), role=_text(role, kept))
            return Held(what, text.span, kept=(now,))
    span = named[0].span if named else row.activity.span if row else of_kind(handbook, "activity")[activity].id.span
    if role is not None and perhaps(handbook, "role", named, role):
        return Held(what, span)
    message = f"{quoted(role or kept.role)} is no longer {_HOW[how]} for {quoted(activity)}"
    help = f"Write {quoted(role or kept.role)} behind '{kept.letter}' of '{id}' again"
    return Held(what, span, (Loss(span, message, help),))


def hand_off(handbook: Handbook, kept: KeptHandOff) -> Held:
    """A hand-off that goes to the same side."""
    now, to = today(handbook, "hand-off", kept.hand_off), today(handbook, "process", kept.to) or str(kept.to)
    what = f"the hand-off {quoted(now or kept.hand_off)} goes to {quoted(to)}"
    if now is None:
        return _gone(handbook, "hand-off", kept.hand_off, what)
    given: HandOff = belonging(handbook, "hand-off", now)
    if given.to != to:
        lost = f"the hand-off {quoted(now)} goes to {quoted(given.to)}, and no longer to {quoted(to)}"
        return Held(what, given.to.span, (Loss(given.to.span, lost, f"Write 'to: {to}' again"),))
    kept_now = replace(kept, hand_off=_text(now, kept), to=_text(to, kept))
    return Held(what, given.id.span, kept=(kept_now,))


def control(handbook: Handbook, kept: KeptControl) -> Held:
    """A control that goes on working at an activity."""
    now, at = today(handbook, "control", kept.control), today(handbook, "activity", kept.at)
    what = f"the control {quoted(now or kept.control)} works at {quoted(at or kept.at)}"
    if now is None:
        return _gone(handbook, "control", kept.control, what)
    found: Control = belonging(handbook, "control", now)
    process, (home, _, local) = now.partition("/")[0], (at or kept.at).partition("/")
    has_moved = process != today(handbook, "process", kept.control.partition("/")[0])
    if at is not None and home != process and not has_moved:
        return Held(what, found.id.span)  # the activity moved to another process, where this control cannot work
    for text in found.at:
        if f"{process}/{text}" == at:
            return Held(what, text.span, kept=(replace(kept, control=_text(now, kept), at=_text(at, kept)),))
    is_away = has_moved and home != process
    span = found.id.span if is_away else place(*found.at, found.id)
    lost = f"the control {quoted(now)} no longer works at {quoted(at or kept.at)}"
    back = f"Move the control back to {path_of('process', today(handbook, 'process', home) or home)}"
    return Held(what, span, (Loss(span, lost, back if is_away else f"Add '{local}' to 'at' of the control again"),))


def kpi(handbook: Handbook, kept: KeptKpi) -> Held:
    """A KPI with its owner, and a target that is no looser."""
    now = today(handbook, "kpi", kept.kpi)
    what = f"the KPI {quoted(now or kept.kpi)} belongs to {quoted(today(handbook, 'role', kept.owner) or kept.owner)}"
    what += f", and its target is {_target(kept)}"
    if now is None:
        return _gone(handbook, "kpi", kept.kpi, what)
    process, _, id = now.partition("/")
    found: Kpi = belonging(handbook, "kpi", now)
    losses = (*_of_owner(handbook, found, kept), *_of_target(found, kept))
    return Held(what, found.id.span, losses, (kept_kpi(handbook, handbook.processes[process], id),))


def _of_owner(handbook: Handbook, found: Kpi, kept: KeptKpi) -> Iterator[Loss]:
    owner = today(handbook, "role", kept.owner) or str(kept.owner)
    if handbook.current(found.owner) != owner and not perhaps(handbook, "role", (found.owner,), owner):
        message = f"the KPI '{found.id}' belongs to {quoted(found.owner)}, and no longer to {quoted(owner)}"
        yield Loss(found.owner.span, message, f"Write 'owner: {owner}' again")


def _of_target(found: Kpi, kept: KeptKpi) -> Iterator[Loss]:
    """What makes a target looser, or keeps it from being compared."""
    if found.better != kept.better:
        message = f"of the KPI '{found.id}', '{found.better}' is better, and no longer '{kept.better}'"
        yield Loss(found.better.span, message, f"Write 'better: {kept.better}' again")
    elif found.unit != kept.unit:
        message = f"the KPI '{found.id}' counts {quoted(found.unit)}, and no longer {quoted(kept.unit)}"
        yield Loss(found.unit.span, message, f"Write 'unit: {kept.unit}' again")
    else:
        for name, bound in _BOUNDS.items():
            before, now = getattr(kept, name), getattr(found.target, name)
            is_better_lower = name == "high" or (name == "value" and kept.better == "lower")
            if before is not None and (now is None or (now > before if is_better_lower else now < before)):
                is_now = f"{now} {found.unit}, no longer" if now is not None else "gone, which was"
                message = f"the target of the KPI '{found.id}' is looser: {bound}{is_now} {before} {kept.unit}"
                span = now.span if now is not None else _beginning(found.target.span)
                yield Loss(span, message, f"Write '{name}: {before}' or a tighter target")


def _beginning(span: Span) -> Span:
    return span if span.line == span.end_line else span._replace(end_line=span.line, end_column=span.column + 1)


def _target(kept: KeptKpi) -> str:
    if kept.value is not None:
        return f"{kept.value} {kept.unit} or {kept.better}"
    return f"between {kept.low} and {kept.high} {kept.unit}"


def _gone(handbook: Handbook, kind: str, reference: str, what: str) -> Held:
    """What belongs to a process and is no longer there."""
    span = gap(handbook, kind, reference)
    message = f"the {title(kind)} {quoted(reference)} is gone"
    help = f"Add {with_article(title(kind))} with this id to {span.path} again"
    help += f", or, if it has another id, 'formerly: {reference.rpartition('/')[2]}' to it"
    return Held(what, span, (Loss(span, message, help),))


def _named(found: Thing) -> Span:
    """Where something has its name or its id."""
    return found.name.span if isinstance(found.name, Text) and found.id.span.line == 1 else found.id.span


def _text(words: str | None, kept: KeptLetter | KeptHandOff | KeptControl) -> Text:
    return Text(words or "", kept.span)
