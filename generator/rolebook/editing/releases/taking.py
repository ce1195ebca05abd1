"""What was written of the next release: it becomes part of that release, and its file is taken away."""

from collections.abc import Mapping
from pathlib import Path

from rolebook.diagnostic import Related
from rolebook.loading import read_source
from rolebook.loading.files import opened
from rolebook.model.release import NEXT, NextRelease
from rolebook.source import read
from rolebook.source.decode import MAX_BYTES


class CannotRelease(Exception):
    """There can be no such release: the message says why, and `places` where that can be seen."""

    def __init__(self, message: str, *places: Related) -> None:
        super().__init__(message)
        self.places = places


def taken_in(directory: Path, said: NextRelease | None) -> Mapping[str, bytes]:
    """The bytes, by path, of the file that says what is `said` of the next release; nothing where there is none.

    CannotRelease where it says something else by now.
    """
    if said is None:
        return {}
    try:
        with opened(directory / NEXT) as stream:
            data = stream.read(MAX_BYTES)
    except OSError as error:
        raise CannotRelease(f"{NEXT} cannot be opened: {(error.strerror or str(error)).lower()}") from None
    again, _ = read_source(read(NEXT, data), NextRelease, "next-release", "next release")
    if again != said:
        raise CannotRelease(f"{NEXT} was changed in the meantime")
    return {NEXT: data}
