"""What records of training name and no handbook has: such records are never rewritten, so former names are right."""

from collections.abc import Iterator

from rolebook.checks.slips import Slip
from rolebook.checks.suggestion import MOST_SLIPS, probable
from rolebook.checks.wording import is_id
from rolebook.model.catalogue import called_now, may_be_lost, of_kind
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.released import newest
from rolebook.model.values import Ref
from rolebook.source import Text

_JOB = Ref(("job",))


def slips_in_records(handbook: Handbook) -> Iterator[Slip]:
    """Every role and job of the records that there is not and never was, with what was perhaps meant."""
    known: dict[tuple[str, ...], Slip | None] = {}
    compared = 0
    for reference, version in _named(handbook):
        key = (*reference.ref.kinds, str(reference.text), version)
        if key not in known:
            known[key] = slip = _slip(handbook, reference, version, compared < MOST_SLIPS)
            compared += slip is not None
        if slip := known[key]:
            yield Slip(reference, slip.near)


def _named(handbook: Handbook) -> Iterator[tuple[Reference, str]]:
    """Every role of the records, and every job with the version of its line."""
    for reference in handbook.recorded:
        if "role" in reference.ref.kinds:
            yield reference, ""
    for line in handbook.completions:
        if line.job is not None:
            yield Reference(line.job, _JOB, ""), str(line.version)


def _slip(handbook: Handbook, reference: Reference, version: str, is_compared: bool) -> Slip | None:
    """The slip that a name is; None where it is right, or may be."""
    (kind,), text = reference.ref.kinds, reference.text
    if text in of_kind(handbook, kind) or called_now(handbook, kind, text) or may_be_lost(handbook, kind, text):
        return None
    if kind == "job" and _may_have_been(handbook, version, text):
        return None
    return Slip(reference, probable(handbook, reference) if is_compared else ())


def _may_have_been(handbook: Handbook, version: str, job: Text) -> bool:
    """Whether there may have been a job in a release: there was, or what was then is not read."""
    if version not in handbook.releases or not is_id(job):
        return False
    then, last = handbook.past.get(version), newest(handbook)
    return job in then.jobs if then else last is not None and last.id != version
