"""What a reader sees while a handbook that is being served has errors."""

from markupsafe import Markup

from rolebook.pages.page import Chapter, Page
from rolebook.publishing.edition import Edition

_REPORT = Markup('<pre class="findings"><code>{}</code></pre>')
_BANNER = Markup(
    '<div class="findings-banner" role="alert"><p><strong>{}</strong> '
    "These pages show the handbook as it was before.</p>{}</div>"
)


def banner(edition: Edition) -> Markup:
    """The diagnostics of `edition`, for pages that show an earlier state."""
    return _BANNER.format(_headline(edition), _REPORT.format(edition.report))


def substitute(edition: Edition) -> Edition:
    """A site of one page with the diagnostics of `edition`, for when there is no earlier state to show."""
    headline = _headline(edition)
    lead = Markup("<p>Mend what is listed here; this page then gives way to the handbook.</p>")
    page = Page("index", "findings", headline, headline, lead + _REPORT.format(edition.report), ())
    return Edition((page,), (Chapter("Findings", page.path),))


def _headline(edition: Edition) -> str:
    return "The handbook has an error." if edition.errors == 1 else f"The handbook has {edition.errors} errors."
