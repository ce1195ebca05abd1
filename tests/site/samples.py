"""Hand-made pages and settings for the tests of publishing."""

from markupsafe import Markup, escape

from rolebook.pages.page import Chapter, Page, Section
from rolebook.publishing.settings import NoOptions, Plugins, RolebookOptions, Settings
from rolebook.source import Span, Text

NASTY = (
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "{{ config }} {% raw %} {# x #}",
    "**bold** _it_ `code` ~~gone~~",
    "# x",
    "[a](b) ![i](j) <https://example.invalid>",
    "&amp; &lt; & &copy;",
    "\"quotes\" 'single' ”curly”",
    "text {#other-id}",
    "text {: .x #y }",
    "*[HTML]: Hyper",
    "😀 emoji :smile: 👩‍💻",
    "שלום עולם مرحبا",
    "a ]]> b <!-- c --> d",
    "$x$ and \\(y\\)",
    '--8<-- "mkdocs.yml"',
    "1. first",
    "--- ``` ~~~ ***",
    "a_b_c \\* \\_ end \\",
    "!!! note",
    "word[^1] ==mark== H~2~O x^2^ ++ctrl++",
    "closing ##",
    "www.example.invalid and @user",
)
"""Text that means something to a parser on its way; all of it must be shown as it stands."""


def text(value: str) -> Text:
    return Text(value, span("mkdocs.yml"))


def span(path: str, line: int = 1) -> Span:
    return Span(path, line, 1, line, 2)


def settings(**values: object) -> Settings:
    """Settings with a repository, changed by `values`."""
    given = {
        "site_name": text("Sample & Sons handbook"),
        "repo_url": text("https://git.example.org/it/handbook"),
        "edit_uri": text("edit/main/"),
        "copyright": text("© Sample & Sons"),
        "span": span("mkdocs.yml"),
    }
    return Settings(**(given | values))  # type: ignore[arg-type]  # the keywords of any field


def plugins() -> Plugins:
    """All plugins that a handbook may use."""
    here = span("mkdocs.yml")
    return Plugins(
        search=NoOptions(span=here), offline=NoOptions(span=here), rolebook=RolebookOptions(span=here), span=here
    )


def nasty_pages() -> tuple[Page, ...]:
    """An index, and a page for each piece of nasty text, which stands in its title, headings and body."""
    links = Markup("").join(
        Markup('<li><a href="odd/x{}.html">{}</a></li>\n').format(n, t) for n, t in enumerate(NASTY)
    )
    index = Page(
        "index",
        "home",
        "Home",
        "The first page",
        Markup("<p>Welcome.</p>"),
        (Section("all", "All pages", 2, Markup("<ul>\n{}</ul>").format(links)),),
        span("process_defs/organisation.yaml"),
    )
    return (index, *(_nasty(number, value) for number, value in enumerate(NASTY)))


def _nasty(number: int, value: str) -> Page:
    path = f"process_defs/processes/x{number}.yaml"
    table = Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{0}">\n<table>\n\n<tr><th>Text</th></tr>\n'
        "<tr>\n\n    <td>{0}</td>\n</tr></table></div>\n\n<pre>one\n\n    two\n```\n{0}\n```</pre>"
    ).format(value)
    sections = (
        Section("first", value, 2, Markup("<p>{}</p>").format(value), span(path, 4)),
        Section("below", f"Below {value}", 3, table, span(path, 12)),
        Section("empty", "Empty", 2, Markup()),
        Section("last", "Last", 3, Markup('<p><a href="../index.html#all">Up</a>, <a href="#first">first</a></p>')),
    )
    lead = Markup("<p>{}</p>").format(value)
    return Page(f"odd/x{number}", "odd", value, str(escape(value)), lead, sections, span(path))


def nasty_chapters() -> tuple[Chapter, ...]:
    """Every page of `nasty_pages`, one below the other, under titles that are as nasty."""
    parts = tuple(Chapter(value, f"odd/x{number}") for number, value in enumerate(NASTY))
    return (Chapter("Home", "index"), Chapter("Odd <i>ones</i>", parts[0].path, parts[1:]))
