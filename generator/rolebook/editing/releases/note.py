"""The file of a release, as it is written: every text in it reads back as it was given."""

import json
import textwrap
from collections.abc import Iterator

from rolebook.editing.drafts.skeleton import written
from rolebook.model.release import Excuse, Reason, Release

_HEAD = """\
# Written by 'rolebook release {version}', and never changed again: its snapshot lies beside it.
"""
_WIDTH = 110
_SHORT = 80


def note(release: Release) -> str:
    """The YAML of a release."""
    return _HEAD.format(version=release.id) + "".join(f"{line}\n" for line in _lines(release))


def _lines(release: Release) -> Iterator[str]:
    yield f"date: {release.date.isoformat()}"
    if release.note:
        yield from _prose("", "note", release.note)
    if release.improvements:
        yield "improvements:"
        yield from (f"  - {id}" for id in release.improvements)
    if release.waivers:
        yield "waivers:"
        for waiver in release.waivers:
            yield from _waiver(waiver)
    if release.reasons:
        yield "reasons:"
        for reason in release.reasons:
            yield from _reason(reason)
    if release.previous:
        yield "previous:"
        yield f"  version: {release.previous.version}"
        yield f"  digest: {release.previous.digest}"
    yield f"digest: {release.digest}"


def _waiver(waiver: Excuse) -> Iterator[str]:
    yield f"  - improvement: {waiver.improvement}"
    yield f"    of: {waiver.of}"
    yield f"    for: {waiver.for_}"
    yield from _prose("    ", "reason", waiver.reason)


def _reason(reason: Reason) -> Iterator[str]:
    if len(reason.for_) == 1:
        yield f"  - for: {written(reason.for_[0])}"
    else:
        yield "  - for:"
        yield from (f"      - {written(element)}" for element in reason.for_)
    yield from _prose("    ", "why", reason.why)


def _prose(indent: str, key: str, text: str) -> Iterator[str]:
    """A text on the line of its key; a long one in lines below it, which are read as one."""
    if " ".join(text.split()) != text:
        yield f"{indent}{key}: {json.dumps(text, ensure_ascii=False)}"
    elif len(text) <= _SHORT:
        yield f"{indent}{key}: {written(text)}"
    else:
        yield f"{indent}{key}: >-"
        for line in textwrap.wrap(text, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False):
            yield f"{indent}  {line}"
