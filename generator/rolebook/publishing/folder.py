"""Packs, courses and reports written into a folder, all of them or none; those of other runs stay there."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from rolebook.publishing.staging import staged

_OURS = (".html", ".pdf", ".zip", ".md", ".json")


def write(files: Iterable[tuple[str, bytes]], target: Path, handbook: Path) -> tuple[Path, ...]:
    """Write files as they are made; SiteError where the folder is not ours or cannot be written: it is as it was then.

    What this run does not make again is kept.
    """
    written: list[Path] = []
    with staged(target, handbook) as stage:
        for name, data in files:
            (stage / name).write_bytes(data)
            written.append(target / name)
        for path in sorted(target.iterdir()) if target.is_dir() else ():
            kept = stage / path.name
            if path.suffix in _OURS and path.is_file() and not path.is_symlink() and not kept.exists():
                shutil.copyfile(path, kept)
    return tuple(written)
