"""Colours as numbers: how well one can be read on another, and how far it has to change until it can.

Lightness and contrast are those of WCAG 2.2 ("relative luminance" and "contrast ratio" in its glossary), which asks
text for a contrast of at least 4.5 to 1 (success criterion 1.4.3).
"""

import colorsys
import re
from dataclasses import dataclass
from typing import Self

READABLE = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the screen: red, green and blue, each from 0 to 1."""

    red: float
    green: float
    blue: float

    @classmethod
    def at(cls, text: str) -> Self:
        """The colour that `text` writes as #rrggbb; ValueError for anything else."""
        if not _HEX.fullmatch(text):
            raise ValueError(f"{text!r} is not a colour written #rrggbb")
        return cls(*(int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)))

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part * 255):02x}" for part in (self.red, self.green, self.blue))

    @property
    def luminance(self) -> float:
        """How light it is to the eye: 0 for black, 1 for white."""
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (self.red, self.green, self.blue)
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    @property
    def hue(self) -> float:
        """Its place on the colour wheel, in degrees."""
        return self._hls[0] * 360

    @property
    def saturation(self) -> float:
        """How pure it is for its lightness, from 0 to 1."""
        return self._hls[2]

    @property
    def strength(self) -> float:
        """How much of a colour it is at all: 0 for black, grey and white, 1 for the strongest."""
        return max(self.red, self.green, self.blue) - min(self.red, self.green, self.blue)

    @property
    def is_grey(self) -> bool:
        """Whether hardly anybody would call it a colour."""
        return self.strength < 0.1

    @property
    def lightness(self) -> float:
        """Its lightness on paper: 0 for black, 1 for white."""
        return self._hls[1]

    def at_lightness(self, lightness: float, saturation: float | None = None) -> "Colour":
        """The same hue, lighter or darker; with `saturation`, less or more of a colour, too."""
        hue, _, own = self._hls
        mixed = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), own if saturation is None else saturation)
        return Colour.at(str(Colour(*mixed)))

    def contrast(self, other: "Colour") -> float:
        """The contrast between two colours, from 1 to 21."""
        lighter, darker = sorted((self.luminance, other.luminance), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)

    def readable_on(self, ground: "Colour", contrast: float = READABLE) -> "Colour":
        """This colour, or the nearest of its hue that has such a contrast to `ground`."""
        step = -0.01 if ground.luminance > 0.18 else 0.01
        found = self
        while found.contrast(ground) < contrast and 0 < found.lightness + step < 1:
            found = found.at_lightness(found.lightness + step)
        if found.contrast(ground) >= contrast:
            return found
        return BLACK if step < 0 else WHITE

    @property
    def _hls(self) -> tuple[float, float, float]:
        return colorsys.rgb_to_hls(self.red, self.green, self.blue)


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)


def apart(one: Colour, other: Colour) -> float:
    """How far two hues lie from each other on the colour wheel, in degrees; greys lie far from everything."""
    if one.is_grey or other.is_grey:
        return 180
    distance = abs(one.hue - other.hue) % 360
    return min(distance, 360 - distance)
