"""Family 6, the ratchet: what a released improvement brought is undone, or replaced though it brought nothing."""

import random
from dataclasses import replace

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from rolebook.loading.snapshots import digest, written
from rolebook.model.catalogue import path_of
from rolebook.model.improvement import Status
from rolebook.model.protected import Protected
from rolebook.model.protection import brought
from rolebook.model.release import Previous, Release, number
from rolebook.model.released import newest
from rolebook.model.values import Day
from rolebook.source import Span, Text

_DAY = "2026-11-20"


def _released(draft: Draft, chance: random.Random, part: str) -> Protected:
    """What an achieved improvement protects that was released just now, with something in this part of it.

    Of the snapshot there is but what it says about the release and the improvement.
    """
    before = newest(draft.handbook)
    version = f"{number(before.id)[0] + 1 if before else 1}.0.0"
    achieved = [i for i in draft.handbook.improvements.values() if i.status == Status.ACHIEVED.value]
    protected = one(chance, [p for p in (brought(draft.handbook, i, version) for i in achieved) if getattr(p, part)])
    span = Span.of_file(path_of("release", version))
    release = Release(
        id=Text(version, span),
        date=Day.at(Text(_DAY, span)),
        improvements=(protected.improvement,),
        previous=Previous(version=before.id, digest=before.digest, span=span) if before else None,
        digest=Text("", span),
        span=span,
    )
    lines = written(draft.handbook, release, (protected,)).decode().splitlines(keepends=True)
    snapshot = "".join(lines[:2])
    release = replace(release, digest=Text(digest(snapshot.encode()), span))
    draft.put(path_of("snapshot", version), snapshot)
    told = [f"date: {_DAY}", f"improvements: {protected.improvement}", f"digest: {release.digest}"]
    if before:
        told += ["previous:", f"  version: {before.id}", f"  digest: {before.digest}"]
    draft.put(span.path, "".join(f"{line}\n" for line in told))
    return protected


@plants("RB608", "the target of a KPI that a released improvement brought is looser")
def looser_target(draft: Draft, chance: random.Random) -> Place:
    kept = one(chance, [kpi for kpi in _released(draft, chance, "kpis").kpis if kpi.value is not None])
    process, _, id = kept.kpi.partition("/")
    place = (path_of("process", process), "kpis", id, "target", "value")
    assert kept.value is not None
    draft.write(*place, text=str(kept.value * 2 if kept.better == "lower" else kept.value / 2))
    return draft.at(*place)


# The improvement names the control, too.
@plants("RB608", "a control that a released improvement brought is gone", "RB101")
def control_gone(draft: Draft, chance: random.Random) -> Place:
    kept = one(chance, _released(draft, chance, "controls").controls)
    process, _, id = kept.control.partition("/")
    path = path_of("process", process)
    draft.remove(path, "controls", id)
    return draft.key(path, "name")


@plants("RB609", "an improvement replaces one that is only proposed")
def idle_replacement(draft: Draft, chance: random.Random) -> Place:
    proposed = [i.id for i in draft.handbook.improvements.values() if i.status == Status.PROPOSED.value]
    improvement, other = chance.sample(proposed, 2)
    path = path_of("improvement", improvement)
    draft.set(path, "replaces", text=other)
    return draft.at(path, "replaces")
