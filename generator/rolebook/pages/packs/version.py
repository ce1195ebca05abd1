"""Which version of the handbook a pack tells of: a release, or a draft after it."""

from dataclasses import dataclass
from datetime import date

from rolebook.model.handbook import Handbook
from rolebook.model.released import newest


@dataclass(frozen=True, slots=True)
class Version:
    """The newest release ("" where there is none), its day or that of printing, and whether more was written since."""

    number: str
    day: date
    is_draft: bool


def version(handbook: Handbook, today: date) -> Version:
    """The version that a handbook is as it stands."""
    release = newest(handbook)
    if release is None:
        return Version("", today, is_draft=True)
    if handbook.past.get(release.id) == handbook:
        return Version(str(release.id), release.date, is_draft=False)
    return Version(str(release.id), today, is_draft=True)
