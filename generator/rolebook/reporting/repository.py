"""Where the repository is that holds a handbook."""

from pathlib import Path


def from_root(handbook: Path) -> str:
    """The way from the root of the repository to the handbook, such as `docs/handbook/`.

    The root is the nearest folder above with a `.git`; where there is none, the handbook itself is, and the way is "".
    """
    folder = handbook.resolve()
    for root in (folder, *folder.parents):
        if (root / ".git").exists():
            way = folder.relative_to(root).as_posix()
            return "" if way == "." else f"{way}/"
    return ""
