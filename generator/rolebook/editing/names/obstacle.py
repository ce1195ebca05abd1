"""Why something in a handbook cannot be changed as a whole, in words for the owner of a process."""

from rolebook.diagnostic import Related


class CannotChange(Exception):
    """A change is not made: the message says why, and `places` where it fails, with what to do there."""

    def __init__(self, message: str, *places: Related) -> None:
        super().__init__(message)
        self.places = places
