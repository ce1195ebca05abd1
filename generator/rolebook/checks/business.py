"""Family 7, the business case: it can be reckoned with, and benefits are confirmed by others, in time, and at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.wording import beginning, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.business import PATH, BusinessCase, Realised
from rolebook.model.gaps import targets
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Money, Status
from rolebook.model.returns import MOST_DISCOUNT, MOST_YEARS, WHOLE, ended_by, has_sums

SOON = timedelta(days=365)
"""After so long, somebody can have counted what an improvement saves."""


@check("RB725", "unclear-business-case")
def unclear_business_case(handbook: Handbook) -> Iterator[Finding]:
    """The business case cannot be reckoned with: years, rates or sums that there cannot be, or a cost without a sum."""
    if handbook.business_case is None:
        return
    yield from _frame(handbook.business_case)
    for improvement in handbook.improvements.values():
        yield from _sums(handbook, "cost", improvement.cost)
        yield from _sums(handbook, "saves", improvement.saves)
    for target in targets(handbook):
        yield from _sums(handbook, "cost", target.cost)
    for realised in handbook.business_case.realised:
        if realised.per_year < 0:
            help = "Write what was counted, or 0 where nothing is saved; what costs more than before belongs to 'cost'."
            yield Finding(realised.per_year.span, f"a saving of {realised.per_year} is none", help)


def _frame(business: BusinessCase) -> Iterator[Finding]:
    if not 1 <= business.years <= MOST_YEARS:
        message = f"a business case is reckoned over 1 to {MOST_YEARS} years, not {business.years}"
        yield Finding(
            business.years.span, message, "Write so many years as the organisation usually looks ahead, such as 5."
        )
    if not 0 <= business.discount <= MOST_DISCOUNT:
        message = f"a rate of discount lies between 0 and {MOST_DISCOUNT} percent, not at {business.discount}"
        yield Finding(
            business.discount.span,
            message,
            "Write it in percent of a year, such as 4.5; your finance department knows it.",
        )
    if not 0 <= business.caution <= WHOLE:
        message = f"the cautious case expects 0 to {WHOLE} percent of the savings, not {business.caution}"
        yield Finding(business.caution.span, message, "Write the part that is sure enough, in percent, such as 80.")


def _sums(handbook: Handbook, name: str, money: Money | None) -> Iterator[Finding]:
    """The findings for one `cost` or `saves`."""
    if money is None:
        return
    for amount in (money.once, money.per_year):
        if amount is not None and amount < 0:
            other = "what is saved under 'saves'" if name == "cost" else "what is paid under 'cost'"
            yield Finding(amount.span, f"{amount} is less than nothing", f"Write {other}, without a sign.")
    if not has_sums(money) and handbook.whole(money.span):
        help = "Write 'once', 'per_year' or both; take it out where nobody knows yet, and write 0 where it is nothing."
        yield Finding(beginning(money.span), f"'{name}' names no sum", help)


@dated_check("RB726", "realised-too-early", Severity.WARNING)
def realised_too_early(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A benefit is confirmed before there can be one, on a day to come, by its own owner, or twice on a day."""
    seen: dict[tuple[str, date], Realised] = {}
    for realised in handbook.business_case.realised if handbook.business_case else ():
        if (improvement := handbook.improvements.get(realised.improvement)) is not None:
            yield from _when(improvement, realised, today)
            yield from _by_whom(handbook, improvement, realised)
        first = seen.setdefault((str(realised.improvement), realised.date), realised)
        if first is not realised:
            message = f"'{realised.improvement}' has a confirmation of {realised.date.isoformat()} already"
            related = (Related(first.date.span, "the other one"),)
            yield Finding(realised.date.span, message, "Keep the one that holds; a later one may correct it.", related)


def _when(improvement: Improvement, realised: Realised, today: date) -> Iterator[Finding]:
    """The finding for a confirmation of what is not achieved, was not yet, or that is still to come itself."""
    day, name = realised.date, quoted(realised.improvement)
    if improvement.status != Status.ACHIEVED.value:
        state = improvement.status.replace("-", " ")
        help = "Confirm what it saves once it is achieved; what is expected stands under 'saves' of the improvement."
        yield Finding(realised.improvement.span, f"{name} is {state}, and cannot have saved anything yet", help)
    elif day > today + A_DAY_ELSEWHERE:
        message = f"the saving of {name} is confirmed on {day.isoformat()}, which has not come yet"
        yield Finding(day.span, message, "Write the day on which it was confirmed, or take it out until then.")
    elif improvement.achieved is not None and day < improvement.achieved <= today + A_DAY_ELSEWHERE:  # or RB605 tells
        achieved = improvement.achieved.isoformat()
        message = f"the saving of {name} is confirmed on {day.isoformat()}, before it was achieved on {achieved}"
        related = (Related(improvement.achieved.span, "achieved on this day"),)
        yield Finding(day.span, message, "Correct one of the two days, or have it counted again.", related)


def _by_whom(handbook: Handbook, improvement: Improvement, realised: Realised) -> Iterator[Finding]:
    """The finding for a confirmation by the owner."""
    owner = improvement.owner
    if owner is not None and handbook.current(owner) == handbook.current(realised.confirmed_by):
        message = f"'{realised.confirmed_by}' confirms the saving of {quoted(realised.improvement)}, and owns it"
        help = "Let a role count that has nothing to win by it, such as one from finance."
        yield Finding(realised.confirmed_by.span, message, help, (Related(owner.span, "its owner"),))


@dated_check("RB727", "unconfirmed-benefit", Severity.WARNING)
def unconfirmed_benefit(handbook: Handbook, today: date) -> Iterator[Finding]:
    """An improvement was achieved more than a year ago, and nobody has confirmed what it saves."""
    if handbook.business_case is None or not handbook.whole_file(PATH):
        return
    confirmed = {str(one.improvement) for one in handbook.business_case.realised}
    for improvement in handbook.improvements.values():
        yearly = _claimed(handbook, improvement)
        if yearly is None or improvement.achieved is None or improvement.id in confirmed:
            continue
        if improvement.status == Status.ACHIEVED.value and today - improvement.achieved > SOON:
            day = improvement.achieved.isoformat()
            message = f"'{improvement.id}' was achieved on {day}, and nobody has confirmed what it saves"
            help = f"Have somebody count who does not own it, and write the result under 'realised' in {PATH}."
            yield Finding(improvement.achieved.span, message, help)


def _claimed(handbook: Handbook, improvement: Improvement) -> Decimal | None:
    """What an improvement claims to save in a year; None where that is nothing, or has ended."""
    if improvement.saves is None or ended_by(handbook, improvement):
        return None
    return improvement.saves.per_year or None
