"""The settings of a handbook, read with everything that was found wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rolebook.diagnostic import READING, Diagnostic, Finding
from rolebook.loading import files, read_source
from rolebook.model.kinds import Kind
from rolebook.publishing.settings import FILE, Settings, in_full
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


def _unreadable(rule: str, message: str, help: str) -> ReadSettings:
    diagnostic = Diagnostic(READING[rule], Finding(Span.of_file(FILE), message, help))
    return ReadSettings(None, (diagnostic,), {})
