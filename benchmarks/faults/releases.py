"""Family 8, releases: what was released is changed, incomplete, or does not follow what was released before."""

import hashlib
import json
import random
from typing import Any

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import plants
from rolebook.model.catalogue import path_of

_DAY = "2026-11-20"


class _Release:
    """A release with a snapshot of which there is but the first line."""

    def __init__(self, draft: Draft, chance: random.Random, *, after: dict[str, str] | None = None) -> None:
        self.version = f"1.{chance.randrange(100)}.{chance.randrange(100)}"
        self.draft = draft
        self.path = path_of("release", self.version)
        said: dict[str, Any] = {"date": _DAY, "id": self.version, "note": f"What {chance.random()} brings."}
        if after:
            said["previous"] = after
        head = json.dumps({"format": 1, "release": said}, separators=(",", ":"), sort_keys=True) + "\n"
        draft.put(path_of("snapshot", self.version), head)
        digest = hashlib.sha256(head.encode()).hexdigest()
        lines = [f"date: {_DAY}", f"note: {said['note']}", f"digest: {digest}"]
        if after:
            lines += ["previous:", *(f"  {key}: {value}" for key, value in after.items())]
        draft.put(self.path, "".join(f"{line}\n" for line in lines))


@plants("RB806", "the snapshot of a release is gone")
def without_snapshot(draft: Draft, chance: random.Random) -> Place:
    release = _Release(draft, chance)
    del draft.changed[path_of("snapshot", release.version)]
    return draft.at(release.path, "digest")


@plants("RB806", "the release of a snapshot is gone")
def without_release(draft: Draft, chance: random.Random) -> Place:
    release = _Release(draft, chance)
    del draft.changed[release.path]
    return Place(path_of("snapshot", release.version), 1)


@plants("RB807", "a release says something else than when it was released")
def altered_release(draft: Draft, chance: random.Random) -> Place:
    release = _Release(draft, chance)
    key, text = chance.choice([("date", "2026-11-21"), ("note", "All is well.")])
    draft.write(release.path, key, text=text)
    return draft.at(release.path, key)


@plants("RB807", "a snapshot holds something else than when it was released")
def altered_snapshot(draft: Draft, chance: random.Random) -> Place:
    release = _Release(draft, chance)
    path = path_of("snapshot", release.version)
    draft.put(path, f"{draft.text(path)}{{}}\n")
    return draft.at(release.path, "digest")


@plants("RB808", "the release before a release is gone")
def without_previous(draft: Draft, chance: random.Random) -> Place:
    release = _Release(draft, chance, after={"digest": "0" * 64, "version": f"0.0.{chance.randrange(1, 100)}"})
    return draft.at(release.path, "previous", "version")
