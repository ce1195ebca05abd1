"""What a reader sees while a handbook that is being served has errors."""

from markupsafe import Markup

from rolebook.pages.page import Chapter, Page
from rolebook.pages.places import FINDINGS, INDEX_HEADINGS
from rolebook.publishing.edition import Edition
from rolebook.rendering import Look

_REPORT = Markup('<pre class="findings"><code>{}</code></pre>')
_BANNER = Markup('<div class="findings-banner" role="alert"><p><strong>{}</strong> {}</p>{}</div>')


def banner(edition: Edition, look: Look) -> Markup:
    """The diagnostics of `edition`, for pages that show an earlier state and are printed in `look`."""
    before = look.say("These pages show the handbook as it was before.")
    return _BANNER.format(_headline(edition, look), before, _REPORT.format(edition.report))


def substitute(edition: Edition) -> Edition:
    """A site of one page with the diagnostics of `edition`, for when there is no earlier state to show."""
    headline = _headline(edition, edition.look)
    say = edition.look.say
    lead = Markup("<p>{}</p>").format(say("Mend what is listed here; this page then gives way to the handbook."))
    page = Page("index", "findings", headline, headline, lead + _REPORT.format(edition.report), ())
    return Edition((page,), (Chapter(say(INDEX_HEADINGS[FINDINGS]), page.path),), look=edition.look)


def _headline(edition: Edition, look: Look) -> str:
    say = look.say
    if edition.errors == 1:
        return say("The handbook has an error.")
    return say("The handbook has {n} errors.").format(n=edition.errors)
