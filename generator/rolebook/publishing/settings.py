"""What Rolebook takes from a handbook's `mkdocs.yml`: a documented list of keys, read like any other file.

Whatever runs code or fetches something (hooks, tags, other plugins, extensions) has no key here, so that the reader
refuses it with its place.
"""

from dataclasses import field, replace
from typing import Annotated

from rolebook.model import values as v
from rolebook.publishing.palette import COLOURS
from rolebook.source import Entry, Mapping, Node, Scalar, Sequence, Source, Span, Text
from rolebook.value import value

FILE = "mkdocs.yml"
"""Where the settings lie in a handbook."""

_ADDRESS = v.Form("a web address", r"https?://[^\s<>\"'\\]+", "https://git.example.org/handbook")
_FOLDER = v.Form("a folder of the handbook", r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*", "process_defs")
_IMAGE = v.Form(
    "an image in the folder of the pages",
    r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*\.(?:svg|png|jpg|jpeg|webp|ico)",
    "images/logo.svg",
)
_LANGUAGES = """
    af ar az be bg bn ca cs cy da de el en eo es et eu fa fi fr gl he hi hr hu hy id is it ja ka kn ko
    ku-IQ lb lt lv mk mn ms my nb nl nn pl pt pt-BR ro ru sa sh si sk sl sq sr sv ta te th tl tr uk ur
    uz vi zh zh-Hant zh-TW
"""
LANGUAGES = tuple(_LANGUAGES.split())
"""The languages that the theme speaks, by their codes."""
_LANGUAGE = v.Form(
    "a language of the theme",
    f"(?:{'|'.join(LANGUAGES)})(?:-[A-Z][A-Za-z]{{1,3}})?",
    "'en' or 'de-AT': " + ", ".join(LANGUAGES),
)
_WAY = v.Form("a way from the repository's address", r"[^\s<>\"'\\]+", "edit/main/")
_COLOUR = v.Form(
    "a colour",
    f"{'|'.join(COLOURS)}|#[0-9A-Fa-f]{{6}}",
    "'#00594f', in quotation marks, or by a name of Material's: " + ", ".join(COLOURS),
    words=tuple(COLOURS),
)
_FEATURE = v.Choice(
    (
        "content.action.edit",
        "content.tooltips",
        "header.autohide",
        "navigation.expand",
        "navigation.footer",
        "navigation.indexes",
        "navigation.path",
        "navigation.prune",
        "navigation.sections",
        "navigation.tabs",
        "navigation.tabs.sticky",
        "navigation.top",
        "navigation.tracking",
        "search.highlight",
        "search.share",
        "search.suggest",
        "toc.follow",
        "toc.integrate",
    )
)


@value(kw_only=True)
class Palette:
    """Colours that take the place of Rolebook's own."""

    primary: Annotated[v.Text, _COLOUR] | None = None
    """The colour of the head of each page; links, panels and lines follow it."""
    accent: Annotated[v.Text, _COLOUR] | None = None
    """The colour of what the pointer is over."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Theme:
    """How the site looks."""

    name: Annotated[v.Text, v.Choice(("material",))]
    """The theme that Rolebook's own is built on."""
    language: Annotated[v.Text, _LANGUAGE] | None = None
    """The language of the pages, as far as they are not what authors wrote; of the frame around them in any case."""
    logo: Annotated[v.Text, _IMAGE] | None = None
    """The organisation's sign in the header, in `docs_dir`."""
    favicon: Annotated[v.Text, _IMAGE] | None = None
    """The sign on the browser's tab, in `docs_dir`."""
    font: Annotated[v.Text, v.Choice(("false",))] | None = None
    """Always `false`: pages use the reader's own fonts and fetch none."""
    palette: Palette | None = None
    """Colours other than Rolebook's own."""
    features: tuple[Annotated[v.Text, _FEATURE], ...] = ()
    """Abilities of the theme, in place of Rolebook's choice."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class NoOptions:
    """A plugin that is used as it is."""

    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class RolebookOptions:
    """The options of Rolebook's own plugin."""

    today: v.Day | None = None
    """The day that checks take for today, so that a build can be repeated."""
    packs: bool = False
    """Whether the training packs on the site are made as PDF, too, as with `--packs`; not while serving."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Plugins:
    """The plugins that a handbook may use."""

    search: NoOptions | None = None
    """The search field."""
    offline: NoOptions | None = None
    """Search in a site that is opened as a file, without a server."""
    rolebook: RolebookOptions | None = None
    """The handbook itself."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Settings:
    """The name of the site, where it lives, and how it looks."""

    site_name: v.Line
    """The title of the site, in the header of each page."""
    site_url: Annotated[v.Text, _ADDRESS] | None = None
    """The address where the site is published."""
    site_description: v.Line | None = None
    """A sentence about the handbook, for search engines."""
    site_author: v.Line | None = None
    """Who publishes it."""
    copyright: v.Line | None = None
    """The line at the foot of each page."""
    repo_url: Annotated[v.Text, _ADDRESS] | None = None
    """The address of the repository that the handbook is kept in."""
    repo_name: v.Line | None = None
    """What the link to the repository says."""
    edit_uri: Annotated[v.Text, _WAY] | None = None
    """The way from `repo_url` to the handbook's folder, for editing; without it no page links to its source."""
    docs_dir: Annotated[v.Text, _FOLDER] | None = None
    """The folder that MkDocs looks in; images for the theme lie here."""
    use_directory_urls: bool = False
    """Whether addresses end in `/` instead of `.html`; such a site needs a server."""
    theme: Theme | None = None
    """How the site looks."""
    plugins: Plugins | None = None
    """The plugins in use; without this key, all three."""
    span: Span = field(compare=False, repr=False)

    @property
    def offline(self) -> bool:
        """Whether the site is made for being opened as files."""
        return self.plugins is None or self.plugins.offline is not None

    @property
    def search(self) -> bool:
        """Whether the site has a search field."""
        return self.plugins is None or self.plugins.search is not None

    @property
    def today(self) -> v.Day | None:
        """The day that checks take for today, where it is written."""
        return self.plugins.rolebook.today if self.plugins and self.plugins.rolebook else None

    @property
    def packs(self) -> bool:
        """Whether training packs are made as PDF, too."""
        return bool(self.plugins and self.plugins.rolebook and self.plugins.rolebook.packs)

    @property
    def directory_urls(self) -> bool:
        """Whether addresses end in `/`; never in a site that is opened as files."""
        return self.use_directory_urls and not self.offline


def in_full(source: Source) -> Source:
    """`source` with MkDocs' short forms written out: `theme: material`, and plugins as a list of names."""
    if not isinstance(source.root, Mapping):
        return source
    forms = {"theme": _theme, "plugins": _plugins}
    entries = (Entry(key, forms.get(key, _same)(value)) for key, value in source.root.entries)
    return replace(source, root=source.root._replace(entries=tuple(entries)))


def _same(node: Node) -> Node:
    return node


def _theme(node: Node) -> Node:
    if isinstance(node, Scalar) and not node.absent:
        return Mapping((Entry(Text("name", node.span), node),), node.span)
    return node


def _plugins(node: Node) -> Node:
    if isinstance(node, Sequence):
        entries: dict[Text, Node] = {}
        for item in node.items:
            match item:
                case Scalar(text):
                    entries.setdefault(text, Scalar(Text("", text.span), plain=True))
                case Mapping(items):
                    entries.update({key: value for key, value in items if key not in entries})
                case Sequence():
                    return node
        node = Mapping(tuple(Entry(key, value) for key, value in entries.items()), node.span)
    if isinstance(node, Mapping):
        return node._replace(entries=tuple(Entry(key, _options(value)) for key, value in node.entries))
    return node


def _options(node: Node) -> Node:
    return Mapping((), node.span) if isinstance(node, Scalar) and node.absent else node
