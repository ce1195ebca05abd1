"""From a line of a snapshot to the tree that the same entity has in YAML: one reader is enough for both."""

import json
import re
from collections.abc import Mapping as MappingOf
from typing import Any

from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.source import Entry, Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.source.decode import unseen
from rolebook.source.quoting import quoted

MAX_NODES = 100_000
"""So many values and keys one line may hold; a file of a handbook holds at most half as many."""
_ESCAPE = re.compile(r'\\(?:["\\nrt]|(.))', re.DOTALL)
"""What stands behind a backslash; other escapes than these hide a character that nobody would see."""


class Lines:
    """Reads the lines of the snapshot at `path`, one after the other."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._span = Span.of_file(path)
        self._nodes = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._mapping, parse_int=self._bare, parse_float=self._bare, parse_constant=self._refused
        )

    def read(self, number: int, data: bytes) -> Mapping:
        """The object on the line `number`; DamagedSnapshot where it is none, or one that nobody wrote in good faith."""
        self._span = Span(self._path, number, 1, number, 2)
        self._nodes = 0
        try:
            line = data.decode("utf-8")
            self._assert_visible(line)
            found = self._decoder.decode(line)
        except UnicodeDecodeError:
            raise self.damaged("this line is not UTF-8") from None
        except json.JSONDecodeError as error:
            self._span = self._span._replace(column=error.colno, end_column=error.colno + 1)
            raise self.damaged("this line is not plain JSON") from None
        except RecursionError:
            raise self.damaged("lists and keys lie too deep in each other here") from None
        if not isinstance(found, Mapping):
            raise self.damaged("an object in braces belongs here")
        return found

    def damaged(self, message: str) -> DamagedSnapshot:
        """The fault of the line that was read last."""
        return DamagedSnapshot(self._span, message)

    def text(self, words: str) -> Text:
        """Words that stand on the line that was read last."""
        return Text(words, self._span)

    def _assert_visible(self, line: str) -> None:
        if found := unseen(line):
            raise self.damaged(found.message)
        if "\\" in line and (odd := next((m for m in _ESCAPE.finditer(line) if m[1]), None)):
            raise self.damaged(f"a character is hidden behind {quoted(odd[0])}")

    def _mapping(self, pairs: list[tuple[str, Any]]) -> Mapping:
        self._nodes += len(pairs) + 1
        if self._nodes > MAX_NODES:
            raise self.damaged(f"this line holds more than {MAX_NODES:,} values")
        if len({key for key, _ in pairs}) < len(pairs):
            raise self.damaged("a key stands twice in the same braces")
        return Mapping(tuple(Entry(self.text(key), self._node(value)) for key, value in pairs), self._span)

    def _node(self, value: Any) -> Node:
        if isinstance(value, str):
            return Scalar(self.text(value), False)
        if isinstance(value, list):
            self._nodes += len(value)
            return Sequence(tuple(map(self._node, value)), self._span, False)
        if isinstance(value, (Mapping, Scalar)):
            return value
        return self._bare("" if value is None else "true" if value else "false")

    def _bare(self, words: str) -> Scalar:
        return Scalar(self.text(words), True)

    def _refused(self, words: str) -> Scalar:
        raise self.damaged(f"{quoted(words)} is no number")


def parts(node: Mapping) -> MappingOf[str, Node]:
    """The values of an object by their keys."""
    return {str(key): value for key, value in node.entries}


def words(node: Node | None) -> str:
    """The text that a node is; "" where it is none."""
    return str(node.text) if isinstance(node, Scalar) else ""
