"""The day that counts as today: decided here for every entrance, and handed down."""

import datetime
import os

from rolebook.publishing.error import SiteError


def settle(*said: datetime.date | str | None) -> datetime.date:
    """The first day that was said: on the command line, then in `mkdocs.yml`; else SOURCE_DATE_EPOCH, else the clock.

    SiteError where what was said, or the environment, is no day.
    """
    spoken = next((day for day in said if day is not None), None)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if spoken is not None:
            return datetime.date.fromisoformat(str(spoken))
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        source = f"SOURCE_DATE_EPOCH={epoch}" if spoken is None else spoken
        raise SiteError(f"today is no day: {source}") from None
    return datetime.datetime.now().date()  # noqa: DTZ005 - the day where this runs
