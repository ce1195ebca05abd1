"""Why an edit is not made, in words for the owner of the process."""


class CannotEdit(Exception):
    """An edit cannot be made without harm; the message says why."""
