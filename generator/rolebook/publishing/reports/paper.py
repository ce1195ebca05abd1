"""A report as PDF, printed from HTML that has all it needs in itself."""

from hashlib import sha256

from markupsafe import Markup

from rolebook import resources
from rolebook.pages.breaking import breakable
from rolebook.pages.reports import Report
from rolebook.publishing.printing import Printer, faces, quoted
from rolebook.rendering import Blocks, Look

_SMALL = 'font:8pt "Rolebook Sans",sans-serif'


def paper(report: Report) -> bytes:
    """The report as PDF, on A4 lying; SiteError where WeasyPrint, or what it needs, is not installed."""
    printer, written = Printer("--format markdown writes the same"), html(report)
    return printer.pdf(written, sha256(written.encode()).hexdigest())


def html(report: Report) -> str:
    """The report as HTML that is printed."""
    style = (resources.templates() / "reports" / "report.css").read_text(encoding="utf-8")
    sheet = Markup(f"{_sheets(report)}{faces()}{style}".replace("</", "<\\/"))  # noqa: S704 - nothing in it can end it
    blocks = Blocks("reports/report", Look(report.language), report=report, style=sheet)
    return f"{blocks.render('report', body=breakable(blocks.render('body')))}\n"


def _sheets(report: Report) -> str:
    """The sheets, each with the title and the handbook at its head, and its number at its foot."""
    return f"""@page{{size:A4 landscape;margin:16mm 14mm;
@top-left{{content:{quoted(report.title)};{_SMALL}}}
@top-right{{content:{quoted(report.written)};{_SMALL}}}
@bottom-right{{content:counter(page) " / " counter(pages);{_SMALL}}}}}
@page:first{{@top-left{{content:none}}@top-right{{content:none}}}}
"""
