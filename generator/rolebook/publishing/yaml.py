"""Plain values as YAML that every reader of it takes for the same."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_BREAKS = str.maketrans(
    {"\x7f": "\\x7f", "\x85": "\\x85", "\u2028": "\\u2028", "\u2029": "\\u2029", "\ufeff": "\\ufeff"}
)
"""What JSON leaves as it is in a string, and YAML takes for a line break or refuses."""
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
"""What some readers take for something other than text."""


def document(values: Mapping[str, Any]) -> str:
    """Mappings, lists, text, numbers and truth values in YAML's block style; all text in quotation marks."""
    return "".join(f"{line}\n" for line in _mapping(values))


def _mapping(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        name = key if key.isidentifier() and key.lower() not in _WORDS else _scalar(key)
        if isinstance(value, Mapping) and value:
            yield f"{name}:"
            yield from (f"  {line}" for line in _mapping(value))
        elif isinstance(value, (list, tuple)) and value:
            yield f"{name}:"
            yield from (f"  {line}" for line in _list(value))
        else:
            yield f"{name}: {_scalar(value)}"


def _list(values: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    for value in values:
        lines = _mapping(value) if isinstance(value, Mapping) and value else iter([_scalar(value)])
        yield f"- {next(lines)}"
        yield from (f"  {line}" for line in lines)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_BREAKS)
