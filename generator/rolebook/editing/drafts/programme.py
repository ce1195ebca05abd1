"""What the files of an improvement programme begin with; a handbook has one of each."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from rolebook.editing.drafts.content import HEAD, Draft, candidates
from rolebook.editing.drafts.naming import CannotMake, assert_ids, assert_line, existing
from rolebook.editing.drafts.skeleton import Blank, Content, skeleton
from rolebook.model.catalogue import FILES
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.returns import MOST_DISCOUNT, MOST_YEARS, WHOLE
from rolebook.model.steps import STEPS

ONCE_TAKEN: Mapping[str, str] = {
    "create-urgency": "people see why things cannot stay as they are",
    "form-coalition": "those who can move something pull in one direction",
    "create-vision": "everybody can say in a minute where it is to lead",
    "communicate-vision": "everybody has heard it, more than once, and seen it lived",
    "empower-people": "what stands in people's way is cleared, and they know how",
    "create-quick-wins": "something is visibly better within weeks, and is celebrated",
    "consolidate": "what was won is used to take on what is harder",
    "institutionalise": "the new way is how things are done here",
}
"""How things stand once each of the eight steps is taken."""
BOUNDS = {"years": (1, MOST_YEARS), "discount": (0, MOST_DISCOUNT), "caution": (0, WHOLE)}
"""Between which numbers those of a business case lie."""


def targets(handbook: Handbook) -> Draft:
    """Targets of maturity: one for each process."""
    then = (
        "Take out the processes that stay as they are, and add the areas that shall get further.",
        "Assess first: 'rolebook new questionnaire' and 'rolebook new assessment' show where each stands now.",
    )
    return _file(handbook, "targets", {"targets": [{"process": (id,)} for id in handbook.processes]}, *then)


def plan(handbook: Handbook, *, name: str = "", sponsor: str = "", lead: str = "", phases: Sequence[str] = ()) -> Draft:
    """The plan of the programme, with these `phases`, and a milestone in the first of them."""
    assert_line(name)
    assert_ids(phases)
    ids = tuple(dict.fromkeys(phases)) or ("first-phase",)
    terms = {"sponsor": existing(handbook, "role", [sponsor]), "lead": existing(handbook, "role", [lead])}
    content: Content = {
        "name": name,
        "terms": _known(terms) or Blank(),
        "phases": [{"id": id} for id in ids],
        "milestones": [{"id": "first-milestone", "phase": (ids[0],)}],
    }
    give = "Give 'first-milestone' an id that says what is reached"
    then = (
        f"{give}." if phases else f"{give}, and 'first-phase' one that says what it is about: a milestone names it.",
        "Add a phase for each turn of plan, do, check and act, and what is to be reached in it by when.",
        "Name under 'improvements' of a milestone those that it takes.",
        "Then begin the eight steps, which take people along: 'rolebook new programme steps'.",
    )
    return _file(handbook, "programme-plan", content, *then)


def steps(handbook: Handbook, *, owner: str = "") -> Draft:
    """The eight steps of the change, with room for what is left of each."""
    known: Content = _known({"owner": existing(handbook, "role", [owner])})
    content: Content = {
        "steps": [
            {"step": step, "left": Blank(f"what is to be done until {ONCE_TAKEN[step]}"), **known} for step in STEPS
        ]
    }
    then = (
        "Write under 'left' what is still to be done for a step, and take it out where nothing is.",
        "Once something was done for a step, add under 'done' what it was, on which day, and what shows it.",
        *(["Let another role see to a step where it is nearer to it: 'owner' may differ."] if owner else []),
    )
    return _file(handbook, "steps", content, *then)


def business_case(handbook: Handbook, *, years: str = "", discount: str = "", caution: str = "") -> Draft:
    """The frame of the business case; what is to be reckoned stands in the improvements."""
    content = {"years": years, "discount": discount, "caution": caution}
    for key, (least, most) in BOUNDS.items():
        _assert_within(key, content[key], least, most)
    then = ("Ask your finance department for the discount, and write assumptions that somebody else can look up.",)
    return _file(handbook, "business-case", content, *then, *_unreckoned(handbook))


def _assert_within(key: str, written: str, least: int, most: int) -> None:
    """CannotMake where something is written that is no number from `least` to `most`."""
    pattern = r"\d{1,9}" if key == "years" else r"\d{1,9}(\.\d{1,9})?"
    if written and not (re.fullmatch(pattern, written, re.ASCII) and least <= Decimal(written) <= most):
        number = "a whole number" if key == "years" else "a number, with a point before decimals,"
        raise CannotMake(f"'{written}' cannot be '{key}' of a business case: that is {number} from {least} to {most}")


def _unreckoned(handbook: Handbook) -> Sequence[str]:
    """What is to be done about improvements of which nobody says what they cost or save."""
    without = [id for id, one in handbook.improvements.items() if not (one.cost and one.saves)]
    if not handbook.improvements:
        return ("Write in each improvement what it costs ('cost') and saves ('saves'): the case adds that up.",)
    if not without:
        return ()
    named = ", ".join(without[:3]) + (" …" if len(without) > 3 else "")
    how_many = f"{len(without)} of {len(handbook.improvements)}"
    return (f"Add 'cost' and 'saves' to the improvements that do not say both: {how_many} ({named}).",)


def scorecard(handbook: Handbook, *, kpis: Sequence[str] = (), shared: Sequence[str] = ()) -> Draft:
    """The figures that customers are shown, and those that several roles share."""
    shown = [{"kpi": (kpi,)} for kpi in existing(handbook, "kpi", kpis)]
    together = [{"kpi": (kpi,)} for kpi in existing(handbook, "kpi", shared)]
    content: Content = {"customers": shown or ("" if together else Blank()), "shared": together}
    then = (
        "Say each figure in words that customers use, and what it means for them. Five to ten will do.",
        "Show what got worse, too: customers know it anyway.",
    )
    why = ("Say of a shared KPI what each role contributes: why one alone would not get there.",) if together else ()
    return _file(handbook, "scorecard", content, *(then if shown or not together else ()), *why)


def momentum(handbook: Handbook, *, successes: Sequence[str] = ()) -> Draft:
    """Successes of these improvements, or else a first suggestion."""
    won: list[Content] = [
        {"improvement": (id,), "celebrated": Blank()} for id in existing(handbook, "improvement", successes)
    ]
    content: Content = {"successes": won, "suggestions": "" if won else Blank()}
    not_yet = [id for id in successes if handbook.improvements[id].status != Status.ACHIEVED.value]
    then = (
        "Say what is better in the words of those who feel it, and thank those who did it soon; 'rewarded' may follow.",
        *(
            f"'{id}' is {handbook.improvements[id].status.replace('-', ' ')}: celebrate it once it is achieved."
            for id in not_yet
        ),
    )
    answer = "Answer each suggestion within two weeks, also where nothing comes of it."
    return _file(handbook, "momentum", content, *(then if won else ()), answer)


def communication(handbook: Handbook) -> Draft:
    """What is told to whom."""
    return _file(handbook, "communication", {}, "Give each message a 'date', or 'every' with its rhythm.")


def _known(content: Content) -> Content:
    return {key: what for key, what in content.items() if what}


def _file(handbook: Handbook, kind: str, content: Content, *then: str) -> Draft:
    file = FILES[kind]
    text = skeleton(file.type, _known(content), candidates(handbook), (HEAD,))
    return Draft({file.pattern: text}, then)
