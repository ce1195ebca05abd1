"""A report as JSON, for programs: the same tables, with values in place of words."""

import json

from rolebook.pages.reports import Report


def data(report: Report) -> bytes:
    """The report as a file in JSON, in UTF-8: its keys are in English whatever language the handbook speaks."""
    told = {
        "report": report.name,
        "title": report.title,
        "handbook": report.handbook,
        "version": report.version or None,
        "day": report.day.isoformat(),
        "language": report.language,
        "says": list(report.says),
        "tables": {
            table.key: [
                {key: cell.value for (key, _), cell in zip(table.columns, row, strict=True)} for row in table.rows
            ]
            for table in report.tables
        },
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()
