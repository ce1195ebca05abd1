"""What `check --since VERSION` compares with: any version that was released, not the newest one only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import click

from rolebook.checks import CHECKS, Check
from rolebook.checks.reasons import unexplained_since
from rolebook.checks.wording import all_of
from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Finding
from rolebook.model.handbook import Handbook
from rolebook.reporting import visible

_CODE = "RB810"


def checks_since(handbook: Handbook, version: str) -> tuple[Check, ...]:
    """All checks, of which one tells what changed without a reason since `version`.

    CouldNotRun where that is not known. The versions of the handbook must all have been read.
    """
    if not handbook.lost:
        _assert_known(handbook, version)
    else:
        click.echo(f"what changed since {visible(version)} is not told: not all of the handbook can be read", err=True)

    def find(handbook: Handbook, _: date) -> Iterable[Finding]:
        return unexplained_since(handbook, version)

    return tuple(replace(check, find=find) if check.rule.code == _CODE else check for check in CHECKS)


def _assert_known(handbook: Handbook, version: str) -> None:
    if version not in handbook.releases:
        known = all_of(handbook.releases)
        there = f"there are {known}" if len(handbook.releases) > 1 else f"there is {known} only"
        what = there if known else "nothing was released yet, so nothing needs a reason"
        raise CouldNotRun(f"no version {visible(version)} was released: {what}")
    if version not in handbook.past:
        snapshot = handbook.snapshots.get(version)
        reason = snapshot.fault if snapshot and snapshot.fault else "its snapshot cannot be read"
        raise CouldNotRun(f"the version {version} cannot be compared: {visible(reason)}")
