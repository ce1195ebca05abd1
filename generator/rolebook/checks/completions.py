"""Family 5, who was trained: the records can be right, and after a release those it concerns are trained in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from rolebook.checks.check import A_DAY_ELSEWHERE, dated_check
from rolebook.checks.wording import quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.loading.near import nearest
from rolebook.model.catalogue import may_be_lost
from rolebook.model.completion import PATH, Completion
from rolebook.model.completions import Reached, called, reached
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.release import Release
from rolebook.model.released import newest
from rolebook.source import Span


@dated_check("RB510", "untrained-release", Severity.WARNING)
def untrained_release(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A release has held for a while, and too few are trained in it."""
    limits = handbook.check_settings.limits
    since = today - timedelta(days=min(limits.days_to_train, today.toordinal() - 1))
    holding = [release for release in handbook.releases.values() if release.date <= since]
    if not (handbook.completions and holding):
        return
    for role, release in _wanted(handbook, holding).items():
        told = reached(handbook, role, release.id)
        days = (today - release.date).days
        if told and told.trained * 100 < limits.least_trained * told.due:
            yield _too_few(handbook, role, release, told, days)
        elif told is None and PATH not in handbook.ids_lost:
            message = f"nothing is recorded of {quoted(role)} for release '{release.id}', which was {_ago(days)}"
            help = f"Train it, and add a line: '{role},,{release.id},', the day, how many are trained and how many due."
            yield Finding(Span.of_file(PATH), message, help)


def _wanted(handbook: Handbook, holding: list[Release]) -> dict[str, Release]:
    """The release that each role is to be trained in by now: the last that asks it for something, or that records name.

    Which roles a release asks is known where all releases were read.
    """
    reads_all = handbook.past.keys() >= handbook.releases.keys()
    found: dict[str, Release] = {}
    for release in holding:
        if reads_all:
            from rolebook.comparing.due import due_by_version  # many checks do without it

            found.update(dict.fromkeys(due_by_version(handbook).get(release.id, ()), release))
        for line in handbook.completions:
            if line.version == release.id:
                found[handbook.current(called(handbook, "role", line.role))] = release
    return {role: found[role] for role in sorted(found) if role in handbook.roles and handbook.roles[role].active}


def _too_few(handbook: Handbook, role: str, release: Release, told: Reached, days: int) -> Finding:
    percent = told.trained * 100 // told.due
    message = (
        f"release '{release.id}' was {_ago(days)}, and {told.trained} of {told.due} with the role {quoted(role)} are "
        f"trained in it: {percent} %, not {handbook.check_settings.limits.least_trained} %"
    )
    return Finding(told.span, message, "Train the others, and record it with the day in another line.")


def _ago(days: int) -> str:
    return f"released {days} day{'' if days == 1 else 's'} ago"


@dated_check("RB512", "doubtful-completion")
def doubtful_completion(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A record of training cannot be right."""
    first: dict[tuple[str, ...], Completion] = {}
    for line in handbook.completions:
        yield from _miscounted(line)
        yield from _misdated(handbook, line, today)
        if finding := _not_carried(handbook, line):
            yield finding
        role, job = called(handbook, "role", line.role), called(handbook, "job", line.job) if line.job else ""
        yield from _doubled(line, first.setdefault((role, line.version, job, str(line.date)), line))
        yield from _mixed(line, first.setdefault((role, line.version), line))


def _miscounted(line: Completion) -> Iterator[Finding]:
    if not line.due:
        help = "Count all who hold the role, also those who are trained; where nobody holds it, take the line out."
        yield Finding(line.due.span, "nobody is due to be trained", help)
    elif line.trained > line.due:
        message = f"{line.trained} are trained, and only {line.due} are due"
        help = "Count as due all who hold the role, and as trained those of them who have been trained by then."
        yield Finding(line.trained.span, message, help, (Related(line.due.span, "so many are due"),))


def _misdated(handbook: Handbook, line: Completion, today: date) -> Iterator[Finding]:
    release = handbook.releases.get(line.version)
    if release is None and not may_be_lost(handbook, "release", line.version):
        last = newest(handbook)
        meant = nearest(line.version, handbook.releases) or (last.id if last else "")
        help = f"Name one that was released, such as '{meant}'." if meant else "Name it once it is released."
        yield Finding(line.version.span, f"there is no release '{line.version}'", help)
    if line.date > today + A_DAY_ELSEWHERE:
        message = f"the day {line.date} has not come yet"
        yield Finding(line.date.span, message, "Write the day of which the count holds, once it is there.")
    elif release and line.date < release.date:
        message = f"nobody was trained for release '{release.id}' on {line.date}, before it was released"
        related = (Related(release.date.span, f"it is of {release.date}"),)
        yield Finding(line.date.span, message, "Correct the day, or the version.", related)


def _not_carried(handbook: Handbook, line: Completion) -> Finding | None:
    """The finding where a job carries the role of its line neither now nor in the release of the line."""
    if line.job is None or line.version not in handbook.past:
        return None
    now, then = handbook, handbook.past[line.version]
    role, job = now.current(called(now, "role", line.role)), called(now, "job", line.job)
    same = [one for one in (*now.jobs.values(), *then.jobs.values()) if called(now, "job", one.id) == job]
    if not same or role not in now.roles or any(role in _carried(now, one) for one in same):
        return None
    carrying = [one.id for one in now.jobs.values() if role in _carried(now, one)]
    help = f"Name a job that does, such as '{carrying[0]}'" if carrying else "Name a job that does"
    return Finding(line.job.span, f"the job '{line.job}' does not carry {quoted(line.role)}", f"{help}, or none.")


def _carried(handbook: Handbook, job: JobDescription) -> set[str]:
    return {handbook.current(called(handbook, "role", role)) for role in job.carries}


def _doubled(line: Completion, first: Completion) -> Iterator[Finding]:
    if first is not line:
        message = f"{quoted(line.role)} has a line of this day, for this job and version, already"
        yield Finding(line.role.span, message, "Keep the one that is right.", (Related(first.span, "it is here"),))


def _mixed(line: Completion, first: Completion) -> Iterator[Finding]:
    if (line.job is None) != (first.job is None):
        here, there = ("a job is counted", "all who hold it") if line.job else ("all who hold it are counted", "a job")
        message = f"for {quoted(line.role)} in '{line.version}', {here} here, and {there} elsewhere"
        help = "Name the job in all lines of a role and version, or in none: the lines of its jobs are added up."
        yield Finding(line.role.span, message, help, (Related(first.span, "elsewhere is here"),))
