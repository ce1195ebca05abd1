"""Which version of the handbook a pack tells of: a release, or a draft after it."""

from dataclasses import dataclass
from datetime import date

from rolebook.model.handbook import Handbook
from rolebook.model.released import is_as_released, newest


@dataclass(frozen=True, slots=True)
class Version:
    """The newest release ("" where there is none), its day, and whether more was written since: then it has none."""

    number: str
    day: date | None
    is_draft: bool


def version(handbook: Handbook) -> Version:
    """The version that a handbook is as it stands."""
    release = newest(handbook)
    if release is None:
        return Version("", None, is_draft=True)
    if is_as_released(handbook):
        return Version(str(release.id), release.date, is_draft=False)
    return Version(str(release.id), None, is_draft=True)
