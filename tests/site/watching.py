"""What a PDF asks for while it is made."""

import pytest

from rolebook.publishing.printing import fonts


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that PDFs made from now on ask for, as they ask; only our fonts are given to them."""
    asked: list[str] = []

    class Watched(frozenset[str]):
        def __contains__(self, url: object) -> bool:
            asked.append(str(url))
            return super().__contains__(url)

    allowed = Watched(fonts())
    monkeypatch.setattr("rolebook.publishing.printing.fonts", lambda: allowed)
    return asked
