"""Which pack is wanted: for whom, on which paper, since which version."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_LEFT, _RIGHT, _TOP, _BOTTOM = 22.0, 16.0, 19.0, 18.0
"""The margins in millimetres: packs are filed, so the left one has room for holes."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper in millimetres, upright, and the name that style sheets have for it."""

    name: str
    width: float
    height: float

    @property
    def lying(self) -> tuple[float, float]:
        """What a lying page has room for, across and down."""
        return self.height - _LEFT - _RIGHT, self.width - _TOP - _BOTTOM

    @property
    def margins(self) -> str:
        """Its margins as a style sheet writes them."""
        return f"{_TOP:g}mm {_RIGHT:g}mm {_BOTTOM:g}mm {_LEFT:g}mm"


A4 = Paper("A4", 210, 297)
PAPERS: Mapping[str, Paper] = MappingProxyType({"a4": A4, "letter": Paper("letter", 215.9, 279.4)})
"""The sizes of paper, by the word on the command line."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Answers stand in the edition `for_trainer` alone; `since` is the version that its readers were trained in."""

    for_trainer: bool = False
    paper: Paper = A4
    since: str = ""

    def file(self, role: str) -> str:
        """The name of a role's pack, without an ending."""
        changes = f"-since-{self.since}" if self.since else ""
        return f"{role}{changes}{'-trainer' if self.for_trainer else ''}"
