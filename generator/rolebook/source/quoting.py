"""How words of an author are shown in a message."""

LONGEST_SHOWN = 80


def quoted(text: str) -> str:
    """A text in single quotes, cut where it is very long."""
    return f"'{shown(text)}'"


def shown(text: str) -> str:
    """A text, cut where it is very long."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
