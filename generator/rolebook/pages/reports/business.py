"""What the improvements cost and bring, and what was counted of it, for a meeting."""

from math import ceil

from rolebook.model.benefits import benefits
from rolebook.model.returns import DECIDED, Total, reckoning, rounded
from rolebook.pages.reports.report import NOTHING, Cell, Table, Wording


def business(wording: Wording) -> Table:
    """The totals of the business case, by how far improvements are decided, and in a sentence what was counted."""
    say, found, balance = wording.look.say, reckoning(wording.handbook), benefits(wording.handbook)
    columns = (
        ("improvements", say("Improvements")),
        ("number", say("Number")),
        ("costs", say("Costs")),
        ("saves", say("Saves")),
        ("saves_cautious", say("Saves, cautious")),
        ("payback_months", say("Months until paid back")),
    )
    counted = say("Where savings have been counted, {counted} a year were found of {claimed} that had been claimed.")
    sums = [wording.money(rounded(one)).text for one in (balance.compared_counts, balance.compared_claims)]
    says = [counted.format(counted=sums[0], claimed=sums[1])] if balance.compared else []
    rows = [_row(wording, total) for total in (*found.stages, found.total)] if found else []
    heading = say("Business case over {years} years").format(years=found.business.years if found else "")
    return wording.table("business_case", heading if found else say("Benefits"), columns, rows, *says)


def _row(wording: Wording, total: Total) -> tuple[Cell, ...]:
    say = wording.look.say
    names = {DECIDED: say("Approved or in progress"), "": say("All together")}
    months = total.whole.payback
    return (
        Cell(names.get(total.stage) or wording.writing.heading(total.stage), total.stage or "all"),
        wording.number(len(total.returns)),
        wording.money(rounded(total.whole.costs)),
        wording.money(rounded(total.whole.benefits)),
        wording.money(rounded(total.cautious.benefits)),
        wording.number(ceil(months)) if months is not None else NOTHING,
    )
