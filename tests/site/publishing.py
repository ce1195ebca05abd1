"""What the tests of publishing share: the small handbook with releases, and what lies where it is published."""

import io
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

from rolebook.publishing.edition import Edition, Site
from tests.conftest import ROOT, Result

Rolebook = Callable[..., Result]

DAYS = {"1.0.0": "2026-06-30", "1.1.0": "2026-07-31", "1.2.0": "2026-08-31"}
_PURPOSES = {
    "1.0.0": "Take every report and see it through.",
    "1.1.0": "Take every report, and see it through to its end.",
    "1.2.0": "Take every report.",
}


def with_releases(folder: Path, *versions: str) -> Path:
    """A copy of the small handbook in `folder`, with these releases."""
    shutil.copytree(ROOT / "docs/checks/given", folder)
    (folder / "mkdocs.yml").write_text("site_name: Larkfield\n")
    for version in versions:
        release(folder, version)
    return folder


def release(folder: Path, version: str) -> None:
    """Change the handbook a little, and release it."""
    say(folder, _PURPOSES[version])
    run(folder, "release", version, "--date", DAYS[version])


def say(folder: Path, purpose: str) -> None:
    """Have the handbook say something else."""
    file = folder / "raci/roles/agent.yaml"
    file.write_text(re.sub("^purpose: .*$", f"purpose: {purpose}", file.read_text(), flags=re.MULTILINE))


def run(folder: Path, *arguments: str | Path) -> str:
    """What a command prints that must succeed, in a process of its own."""
    command = [sys.executable, "-m", "rolebook", "-C", str(folder), *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    settings = ("-c", "user.name=A. Uthor", "-c", "user.email=author@example.org")
    return subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def repository(folder: Path) -> Path:
    """Make a handbook the content of a repository."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    for name, said in {"user.name": "A. Uthor", "user.email": "author@example.org", "gc.auto": "0"}.items():
        git(folder, "config", name, said)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=The handbook")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def on_branch(folder: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch by path."""
    packed = subprocess.run(["git", "archive", branch], cwd=folder, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive.getmembers())
        return {name: file.read() for name, file in files if file}


def below(found: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The files below one folder at the top."""
    return {path: data for path, data in found.items() if path.startswith(f"{name}/")}


def visible(found: dict[str, bytes]) -> dict[str, bytes]:
    """What readers may come upon: all but what begins with a dot at the top."""
    return {path: data for path, data in found.items() if not path.startswith(".")}


def a_few_pages(_edition: Edition, _settings: object, _handbook: Path, folder: Path) -> None:
    """Stands in for building the site, where that is not what is tested."""
    (folder / "roles").mkdir()
    for page in ("index.html", "roles/agent.html"):
        (folder / page).write_text(f"<p>{page}</p>")
    (folder / "handbook.json").write_text("{}")


def no_pages(_handbook: object, _checked: object, _site: Site) -> Edition:
    """Stands in for making pages."""
    return Edition()
