"""A handbook read for publishing: its settings, and its pages with everything that was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.checks import check_handbook
from rolebook.diagnostic import READING, Diagnostic, Finding
from rolebook.loading import files, load, read_source
from rolebook.model.kinds import Kind
from rolebook.pages import handbook_pages, navigation
from rolebook.publishing.edition import Edition
from rolebook.publishing.settings import FILE, Settings, in_full
from rolebook.rendering import Links
from rolebook.reporting import counts, text
from rolebook.source import Span, read

_KIND = Kind("settings", "settings", FILE, Settings)


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings of a handbook as they could be read; None where there are errors among the diagnostics."""

    settings: Settings | None
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]]


def read_settings(handbook: Path) -> ReadSettings:
    """Read the `mkdocs.yml` of `handbook`; never raises for what an author wrote."""
    try:
        data = files.data(handbook, files.File(FILE, _KIND, _KIND.name))
    except FileNotFoundError:
        return _unreadable("missing-file", f"there is no file '{FILE}'", "Add it; 'site_name' is all it needs.")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _unreadable(
            "unreadable-file", f"the file cannot be opened: {reason}", "Put a readable file in its place."
        )
    source = in_full(read(FILE, data))
    settings, reading = read_source(source, Settings, _KIND.name, _KIND.title)
    diagnostics = tuple(sorted(reading.diagnostics, key=lambda diagnostic: diagnostic.order))
    readable = settings is not None and not any(diagnostic.is_error for diagnostic in diagnostics)
    return ReadSettings(settings if readable else None, diagnostics, {FILE: source.lines})


def read_edition(handbook: Path, today: date, *, directory_urls: bool) -> Edition:
    """Read and check the handbook as of `today`, and make its pages unless it has errors."""
    loaded = load(handbook)
    found = sorted((*loaded.diagnostics, *check_handbook(loaded.handbook, today)), key=lambda d: d.order)
    report = "\n".join(text.report(found, loaded.lines)).strip()
    errors, _ = counts(found)
    if errors:
        return Edition(report=report, errors=errors)
    pages = handbook_pages(loaded.handbook, Links(directory_urls=directory_urls))
    return Edition(tuple(pages), tuple(navigation(loaded.handbook)), report)


def _unreadable(rule: str, message: str, help: str) -> ReadSettings:
    diagnostic = Diagnostic(READING[rule], Finding(Span.of_file(FILE), message, help))
    return ReadSettings(None, (diagnostic,), {})
