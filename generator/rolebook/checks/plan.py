"""Family 7, the plan of the programme: what is due is done or moved, and its days follow upon each other."""

from collections.abc import Iterator
from datetime import date, timedelta

from rolebook.checks.check import A_DAY_ELSEWHERE, dated_check
from rolebook.checks.wording import any_of_few, circle, place, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.loading.near import nearest
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.model.loops import loops
from rolebook.model.programme import Deliverable, Draft, Milestone, Phase, ProgrammePlan, Review

LOOKED_AT = timedelta(days=180)
"""For so long a judgement of a success factor holds."""


@dated_check("RB720", "milestone-overdue", Severity.WARNING)
def milestone_overdue(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A milestone, a draft or a review is overdue, or nobody has looked at a success factor for half a year."""
    plan = handbook.programme
    if plan is None:
        return
    for milestone in plan.milestones:
        if milestone.done is None and milestone.due < today and handbook.whole(milestone.span):
            message = f"'{milestone.id}' was to be reached by {milestone.due.isoformat()}"
            help = "Write 'done:' with the day, or another day in 'due' and this one in 'moved_from'."
            yield Finding(milestone.due.span, message, help)
    for deliverable in plan.deliverables:
        if handbook.whole(deliverable.span):
            yield from _overdue(deliverable, today)
    for factor in plan.success_factors:
        if today - factor.looked_at > LOOKED_AT:
            message = f"nobody has looked at '{factor.id}' since {factor.looked_at.isoformat()}"
            yield Finding(factor.looked_at.span, message, "Judge it anew, and write the day into 'looked_at'.")


def _overdue(deliverable: Deliverable, today: date) -> Iterator[Finding]:
    """The drafts that are overdue, and the reviews of others; of a review that is of none, RB721 tells."""
    late = {str(draft.name) for draft in deliverable.drafts if draft.done is None and draft.due < today}
    for draft in deliverable.drafts:
        if str(draft.name) in late:
            message = f"the draft {quoted(draft.name)} of '{deliverable.id}' was to be there by {draft.due.isoformat()}"
            yield Finding(draft.due.span, message, "Write 'done:' with the day, or plan another day.")
    others = {str(draft.name) for draft in deliverable.drafts} - late
    for review in deliverable.reviews:
        if review.signed or review.sent_back or review.due >= today or str(review.of) not in others:
            continue
        message = f"{quoted(review.of)} of '{deliverable.id}' was to be signed by {review.due.isoformat()}"
        help = "Write 'signed:' or 'sent_back:' with the day, or plan another day."
        yield Finding(review.due.span, message, help)


@dated_check("RB721", "plan-out-of-order")
def plan_out_of_order(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The days of the plan cannot all be right: something ends before it begins, or is done before what it needs.

    A day to come on which something is said to be done is compared with no other: RB722 tells of it.
    """
    plan = handbook.programme
    if plan is None:
        return
    yield from _phases(plan)
    yield from _milestones(handbook, plan, today)
    for deliverable in plan.deliverables:
        if handbook.whole(deliverable.span):
            yield from _drafts(deliverable, today)
            yield from _reviews(deliverable, today)
            yield from _needed(plan, deliverable)


def _phases(plan: ProgrammePlan) -> Iterator[Finding]:
    phases: dict[str, Phase] = {str(one.id): one for one in reversed(plan.phases)}
    for phase in plan.phases:
        if phase.ends < phase.begins:
            related = (Related(phase.begins.span, "it begins here"),)
            message = f"the phase '{phase.id}' ends before it begins"
            yield Finding(phase.ends.span, message, "Correct the day that is wrong.", related)
    for milestone in plan.milestones:
        own = phases.get(str(milestone.phase))
        if own and own.begins <= own.ends and not own.begins <= milestone.due <= own.ends:
            lasts = f"lasts from {own.begins.isoformat()} to {own.ends.isoformat()}"
            message = f"'{milestone.id}' is due outside its phase: '{own.id}' {lasts}"
            help = "Name the phase in which it is due, or correct the day that is wrong."
            yield Finding(milestone.due.span, message, help, (Related(place(own.id), "the phase stands here"),))


def _milestones(handbook: Handbook, plan: ProgrammePlan, today: date) -> Iterator[Finding]:
    by_id: dict[str, Milestone] = {str(one.id): one for one in reversed(plan.milestones) if one.id}
    in_loops: set[str] = set()
    for loop in loops({id: [str(one) for one in by_id[id].after] for id in reversed(by_id)}):
        in_loops.update(loop)
        following = by_id[loop[0]]
        span = next(one.span for one in following.after if one == loop[1 % len(loop)])
        message = f"'{loop[0]}' comes after itself: {circle(loop)}"
        yield Finding(span, message, "Take one out of 'after'.")
    clear = {id: one for id, one in by_id.items() if handbook.whole(one.span) and not _to_come(one.done, today)}
    for milestone in plan.milestones:
        for id in milestone.after:
            earlier = clear.get(str(id))
            if earlier and not {str(milestone.id), str(id)} <= in_loops and not _to_come(milestone.done, today):
                yield from _before(milestone, earlier)


def _before(milestone: Milestone, earlier: Milestone) -> Iterator[Finding]:
    """The finding where a milestone is reached, or is to be, before one that it comes after."""
    done, was = milestone.done, earlier.done
    related = (Related(place(earlier.id), f"'{earlier.id}' stands here"),)
    help = "Correct the day that is wrong, or take it out of 'after'."
    if done is not None and was is None:
        message = f"'{milestone.id}' is reached, but not '{earlier.id}', which has to be reached before"
        yield Finding(done.span, message, help, related)
    elif done is not None and was is not None and done < was:
        message = f"'{milestone.id}' was reached before '{earlier.id}', which it comes after"
        yield Finding(done.span, message, help, related)
    elif done is None and was is None and milestone.due < earlier.due:
        message = f"'{milestone.id}' is due before '{earlier.id}', which it comes after"
        yield Finding(milestone.due.span, message, help, related)


def _drafts(deliverable: Deliverable, today: date) -> Iterator[Finding]:
    """The drafts that come before the work on them begins, or before the draft that is to come before."""
    last: Draft | None = None
    for draft in deliverable.drafts:
        if _to_come(draft.done, today):
            continue
        name, begins = quoted(draft.name), deliverable.begins
        day = draft.done or draft.due
        if day < begins:
            message = f"the draft {name} comes before the work on '{deliverable.id}' begins"
            related = (Related(begins.span, "it begins here"),)
            yield Finding(day.span, message, "Correct the day that is wrong.", related)
        elif last is not None and (wrong := _too_early(draft, last)):
            message = f"the draft {name} comes before {quoted(last.name)}, which stands above it"
            related = (Related(place(last.name), "the earlier draft stands here"),)
            yield Finding(wrong.span, message, "Correct the day that is wrong, or the order of the drafts.", related)
        last = draft


def _too_early(draft: Draft, last: Draft) -> v.Day | None:
    """The day of a draft that comes before the one above it."""
    if draft.done is not None:
        return draft.done if last.done is None or draft.done < last.done else None
    return draft.due if draft.due < last.due else None


def _reviews(deliverable: Deliverable, today: date) -> Iterator[Finding]:
    drafts = {str(draft.name): draft for draft in reversed(deliverable.drafts)}
    for review in deliverable.reviews:
        draft = drafts.get(str(review.of))
        if draft is None:
            near = nearest(review.of, drafts)
            help = f"Write {quoted(near) if near else any_of_few(map(quoted, reversed(drafts)))}."
            yield Finding(review.of.span, f"'{deliverable.id}' has no draft {quoted(review.of)}", help)
        elif not any(_to_come(day, today) for day in (draft.done, review.signed, review.sent_back)):
            yield from _looked_at(review, draft)


def _looked_at(review: Review, draft: Draft) -> Iterator[Finding]:
    """The finding where a review was held before its draft was there, or came to two results."""
    day = review.signed or review.sent_back
    if review.signed is not None and review.sent_back is not None:
        message = f"{quoted(draft.name)} was signed, and sent back by the same review"
        help = "Keep one of the days; another look at another draft is a review of its own."
        yield Finding(review.sent_back.span, message, help, (Related(review.signed.span, "it was signed here"),))
    elif day is not None and (draft.done is None or day < draft.done):
        how = "signed" if review.signed else "sent back"
        when = f"was there on {draft.done.isoformat()}" if draft.done else "is not there yet"
        message = f"{quoted(draft.name)} was {how} on {day.isoformat()}, but {when}"
        related = (Related(place(draft.name), "the draft stands here"),)
        yield Finding(day.span, message, "Correct the day that is wrong.", related)


def _needed(plan: ProgrammePlan, deliverable: Deliverable) -> Iterator[Finding]:
    """The finding where the last draft is due after the milestone that needs it."""
    milestone = next((one for one in plan.milestones if one.id and one.id == deliverable.milestone), None)
    last = deliverable.drafts[-1] if deliverable.drafts else None
    if milestone and last and last.done is None and milestone.done is None and last.due > milestone.due:
        message = f"{quoted(last.name)} is due after '{milestone.id}', for which '{deliverable.id}' is needed"
        related = (Related(milestone.due.span, "the milestone is due here"),)
        yield Finding(last.due.span, message, "Correct the day that is wrong, or name a later milestone.", related)


@dated_check("RB722", "done-in-the-future")
def done_in_the_future(handbook: Handbook, today: date) -> Iterator[Finding]:
    """Something is said to be done on a day that has not come yet."""
    for what, day in _done(handbook):
        if day is not None and _to_come(day, today):
            message = f"{what} on {day.isoformat()}, which has not come yet"
            yield Finding(day.span, message, "Write the day on which it was, or take it out until then.")


def _to_come(day: date | None, today: date) -> bool:
    """Whether something is said to be done on a day that has not come yet."""
    return day is not None and day > today + A_DAY_ELSEWHERE


def _done(handbook: Handbook) -> Iterator[tuple[str, v.Day | None]]:
    """Every day on which something is said to have been done, with what that is."""
    plan = handbook.programme
    for milestone in plan.milestones if plan else ():
        yield f"'{milestone.id}' was reached", milestone.done
    for deliverable in plan.deliverables if plan else ():
        for draft in deliverable.drafts:
            yield f"the draft {quoted(draft.name)} was there", draft.done
        for review in deliverable.reviews:
            yield f"{quoted(review.of)} was signed", review.signed
            yield f"{quoted(review.of)} was sent back", review.sent_back
    for factor in plan.success_factors if plan else ():
        yield f"'{factor.id}' was looked at", factor.looked_at
    for step in handbook.steps.steps if handbook.steps else ():
        for deed in step.done:
            yield f"something was done for '{step.step}'", deed.date
    for suggestion in handbook.momentum.suggestions if handbook.momentum else ():
        yield f"'{suggestion.id}' was suggested", suggestion.date
        yield f"'{suggestion.id}' was answered", suggestion.answered
