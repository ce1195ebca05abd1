"""Links from one page to whatever is named on it, with its name as the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from rolebook.model.catalogue import of_kind
from rolebook.model.dates import days_by_plan, days_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.process import ANY_PROCESS
from rolebook.model.raci import OUTSIDE
from rolebook.model.standing import Standing, standing
from rolebook.pages.places import INDEX_HEADINGS, calendar_of, local_anchor, place
from rolebook.rendering import Links, anchor
from rolebook.source import Span


def name_of(handbook: Handbook, side: str) -> str:
    """The name of a role, a process, a party outside (`outside/…`), or just “any process”."""
    if side == ANY_PROCESS:
        return "any process"
    kind = "outside" if side.startswith(OUTSIDE) else "role" if side in handbook.roles else "process"
    return of_kind(handbook, kind)[side].name


@dataclass(frozen=True, slots=True)
class Linker:
    """Makes the links of the page at `page`; templates know it as `link`."""

    handbook: Handbook
    links: Links
    page: str
    _made: dict[tuple[str, str], Markup] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __call__(self, kind: str, reference: str) -> Markup:
        """A link to the entity of this kind, by its name; KeyError where there is none."""
        key = (kind, reference)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = anchor(self.href(kind, reference), self._name(kind, reference))
        return made

    def _name(self, kind: str, reference: str) -> str:
        if kind == "release":
            return str(self.handbook.releases[reference].id)
        return of_kind(self.handbook, kind)[reference].name

    def name(self, side: str) -> str:
        """The name of a role, a process or a party outside; “any process” in the language of the handbook."""
        return self.links.look.say(name_of(self.handbook, side))

    def names(self, sides: Iterable[str]) -> str:
        """The names of roles, processes and parties outside, with commas between and without links."""
        return ", ".join(self.name(side) for side in sides)

    def knows(self, kind: str, reference: str) -> bool:
        """Whether there is such an entity: an improvement may name what it is still to bring."""
        return reference in (self.handbook.releases if kind == "release" else of_kind(self.handbook, kind))

    def standing(self, improvement: Improvement) -> Standing:
        """How far an improvement has come: pages that name it tell this beside its name."""
        return standing(self.handbook, improvement)

    def href(self, kind: str, reference: str) -> str:
        """The address of an entity, for a link with another text."""
        return self.links.href(self.page, *place(kind, reference))

    def only(self, page: str) -> Markup:
        """A link to a page that there is one of, by its title."""
        return anchor(self.links.href(self.page, page), self.links.look.say(INDEX_HEADINGS[page]))

    def source(self, span: Span) -> Markup:
        """The file and the line that `span` begins at, as a link where it is known where the files are kept."""
        return self._source(span, Markup("<code>%s:%d</code>") % (span.path, span.line))

    def file(self, span: Span) -> Markup:
        """The name of a file, without its folder and the line, as a link like `source`."""
        return self._source(span, Markup("<code>%s</code>") % span.path.rpartition("/")[2])

    def _source(self, span: Span, text: Markup) -> Markup:
        url = self.links.source(span)
        return anchor(url, text) if url else text

    def to(self, page: str, place: str = "") -> str:
        """The address of a page by its path, or of an anchor on it, for a link with another text."""
        return self.links.href(self.page, page, place)

    def pack(self, path: str) -> str:
        """The address of a training pack by its path in the site; "" where the site has none there."""
        return self.links.beside(self.page, path) if path in self.links.packs else ""

    def calendar(self, kind: str, reference: str) -> str:
        """The address of the calendar file of a role or a plan; "" where it has no dates."""
        dated = {"role": days_by_role, "plan": days_by_plan}[kind](self.handbook)
        return self.links.beside(self.page, calendar_of(kind, reference)) if reference in dated else ""

    def who(self, reference: str) -> Markup:
        """A link to a role, or to a party outside (`outside/…`)."""
        return self("outside" if reference.startswith(OUTSIDE) else "role", reference)

    def audience(self, references: Iterable[str]) -> Markup:
        """Links to roles, functions and parties outside, with commas between."""
        functions = self.handbook.functions.keys() - self.handbook.roles.keys()
        return Markup(", ").join(self("function", one) if one in functions else self.who(one) for one in references)

    def all(self, kind: str, references: Iterable[str]) -> Markup:
        """Links to several entities of one kind, with commas between."""
        return Markup(", ").join(self(kind, reference) for reference in references)

    def everybody(self, references: Iterable[str]) -> Markup:
        """Links to several roles and parties outside, with commas between."""
        return Markup(", ").join(self.who(reference) for reference in references)

    def work(self, reference: str) -> Markup:
        """A link to an activity with its process, or to a process as a whole."""
        process, slash, _ = reference.partition("/")
        if not slash:
            return self("process", reference)
        return Markup("%s (%s)") % (self("activity", reference), self("process", process))

    def in_flow(self, reference: str) -> Markup:
        """A link to where an activity stands in the flow of its process, on the page of that process."""
        page = place("process", reference.partition("/")[0]).page
        return anchor(self.to(page, local_anchor("activity", reference)), self._name("activity", reference))

    def side(self, reference: str) -> Markup:
        """A link to one side of a hand-off: a process, a party outside, or just “any process”."""
        if reference == ANY_PROCESS:
            return escape(self.name(reference))
        return self("outside" if reference.startswith(OUTSIDE) else "process", reference)
