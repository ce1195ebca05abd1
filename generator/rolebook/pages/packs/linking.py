"""Links within a pack: to what the pack itself tells of; the names of everything else are mere words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from rolebook.model.catalogue import of_kind
from rolebook.pages.linking import Linker
from rolebook.rendering import anchor


@dataclass(frozen=True, slots=True)
class InPack(Linker):
    """Does in a pack what a Linker does on a page; `anchors` are those of the pack, by kind and reference."""

    anchors: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, kind: str, reference: str) -> Markup:
        """The name of an entity, which leads to it where the pack tells of it."""
        key = (kind, reference)
        made = self._made.get(key)
        if made is None:
            name, href = of_kind(self.handbook, kind)[reference].name, self.href(kind, reference)
            made = self._made[key] = anchor(href, name) if href else escape(name)
        return made

    def href(self, kind: str, reference: str) -> str:
        """The address of an entity; "" where it is not in the pack."""
        place = self.anchors.get((kind, reference))
        return f"#{place}" if place else ""

    def to(self, page: str, place: str = "") -> str:
        """No page is near."""
        return ""
