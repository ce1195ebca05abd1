"""The comments of a file, which no change may lose: only an edit of a comment itself changes one."""

from rolebook.diagnostic import Edit
from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Source
from rolebook.source.comments import comments


class Remarks:
    """What the comments of a file say, with the changes made to them."""

    def __init__(self, source: Source) -> None:
        self.comments = comments(source.path, source.lines, "#")
        self._lines = source.lines
        self._changes: dict[int, list[tuple[int, int, str]]] = {}

    def change(self, edit: Edit) -> bool:
        """Note an edit of a comment, or of all of it with the blanks before it; False for one of something else."""
        span = edit.span
        for number, comment in enumerate(self.comments):
            column = comment.span.column
            if span.line != comment.span.line or span.end_line != span.line or span.end_column <= column:
                continue
            if span.column < column and self._lines[span.line - 1][span.column - 1 : column - 1].strip():
                return False
            if "\n" in edit.text or "\r" in edit.text:
                raise CannotEdit("the new words do not fit on one line")
            start, end = max(span.column - column, 0), span.end_column - column
            self._changes.setdefault(number, []).append((start, end, edit.text))
            return True
        return False

    def words(self) -> list[str]:
        """What the comments say in the order of the lines, without those that were taken out."""
        found: list[str] = []
        for number, comment in enumerate(self.comments):
            words = str(comment)
            for start, end, new in sorted(self._changes.get(number, ()), reverse=True):
                words = words[:start] + new + words[end:]
            found.append(words.rstrip())
        return [words for words in found if words]
