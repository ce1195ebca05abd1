"""`rolebook publish`: the newest release as a site of its own, beside those of the earlier ones."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.examine import Examined, examine, show
from rolebook.cli.looking import own_files, tell_language
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import telling
from rolebook.diagnostic import Finding
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.released import newest
from rolebook.model.values import Day
from rolebook.publishing.error import SiteError
from rolebook.publishing.settings import Settings
from rolebook.publishing.versions.arranging import Wanted
from rolebook.publishing.versions.imprint import LATEST
from rolebook.publishing.versions.publishing import Builder, Told, address, publish, to_publish
from rolebook.publishing.versions.shelf import Place, Readable, look_at
from rolebook.rendering import Look
from rolebook.reporting import visible
from rolebook.reporting.words import at_line, counted, size
from rolebook.value import value

BRANCH = "gh-pages"


@click.command()
@click.option("--to", "target", type=click.Path(path_type=Path), help="The folder to publish to, for any web server.")
@click.option("--branch", metavar="NAME", help=f"The branch of git to publish on, without '--to'. [default: {BRANCH}]")
@click.option(
    "--alias",
    "aliases",
    metavar="NAME",
    multiple=True,
    help=f"Another name to find this version by, beside '{LATEST}'; it may be said several times.",
)
@click.option("--copy", is_flag=True, help="Fill the folders of these names with copies, not with pages that lead on.")
@click.option("--verify", is_flag=True, help="Compare all that is published with its record, and write nothing.")
@options.packs
@options.trust
@click.pass_obj
def command(
    directory: Path,
    target: Path | None,
    branch: str | None,
    aliases: tuple[str, ...],
    copy: bool,
    verify: bool,
    packs: bool,
    trust: bool,
) -> int:
    """Put the newest release beside the versions that are published already.

    It is built as of its day. What was published stays as it is, to the byte; a release that is published already is
    not published again. The folder or branch is made where there is none; a branch is not pushed.

    Exit code 0: it is published, or was so already. 1: the handbook has errors, or --verify finds something altered.
    2: it could not be published.
    """
    if target and branch:
        raise click.UsageError("Say either '--to' or '--branch'.")
    if verify:
        return _verify(directory, target, branch or BRANCH)
    found = examine(directory, None, for_site=True, all_releases=True, as_of=_day)
    settings = found.settings
    if settings is None or found.fails(strict=False):
        show(found)
        click.echo("rolebook: nothing was published: a published version has no errors", err=True)
        return 1
    try:
        release = _release(found)
        version = _version(found, settings, directory, packs=packs, trust=trust)
        wanted = Wanted(
            release.id, tuple(dict.fromkeys((LATEST, *aliases))), copy, version.look, settings.directory_urls
        )
        with telling(f"Publishing {release.id}"), _place(directory, target, branch)() as place:
            told = publish(place, found.handbook.releases, wanted, version.build)
    except SiteError as error:
        raise CouldNotRun(f"nothing was published: {visible(str(error))}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        where = visible(str(error.filename or target or branch))
        raise CouldNotRun(f"{where}: {reason}; what was published before is as it was: publish again") from None
    for line in _told(release, told, target, branch or BRANCH):
        click.echo(line)
    return 0


@value()
class _Version:
    """How the site of a version looks, and what builds it."""

    look: Look
    build: Builder


def _version(found: Examined, settings: Settings, directory: Path, *, packs: bool, trust: bool) -> _Version:
    from rolebook.checks import Findings
    from rolebook.pages import Checked
    from rolebook.publishing.edition import Site, edition
    from rolebook.publishing.printing import Printer
    from rolebook.publishing.site import build_edition

    printer = Printer() if packs or settings.packs else None
    settings = replace(settings, site_url=address(settings.site_url, to_publish(found.handbook).id))
    site = replace(Site.of(settings, own_files(directory, trust=trust), printer), published=True)
    tell_language(site.look)

    def build(folder: Path) -> None:
        checked = Checked.of(Findings(found.diagnostics, found.suppressed), found.lines, found.today)
        build_edition(edition(found.handbook, checked, site), settings, directory, folder)

    return _Version(site.look, build)


def _verify(directory: Path, target: Path | None, branch: str) -> int:
    """Say what is not as it was published."""
    from rolebook.publishing.versions.verifying import altered

    try:
        place = _published(directory, target, branch)
        with telling("Comparing what is published"):
            shelf = look_at(place)
            found = [*altered(place, shelf)]
    except SiteError as error:
        raise CouldNotRun(visible(str(error))) from None
    if not shelf.versions:
        raise CouldNotRun(f"nothing is published in {_where(target, branch)}")
    for line in found:
        click.echo(visible(line))
    click.echo(
        f"{counted(len(shelf.versions), 'version')} in {_where(target, branch)}: "
        + (f"{len(found)} {'file is' if len(found) == 1 else 'files are'} not as published" if found else "unchanged")
    )
    return 1 if found else 0


def _published(directory: Path, target: Path | None, branch: str) -> Readable:
    if target:
        from rolebook.publishing.versions.folder import Folder

        return Folder(target)
    from rolebook.publishing.versions.branch import read_branch

    return read_branch(branch, directory)


def _day(handbook: Handbook) -> Day | None:
    release = newest(handbook)
    return release.date if release else None


def _release(found: Examined) -> Release:
    """The release to publish, after all that was released before has been looked at."""
    from rolebook.checks.releases import broken

    faults: list[Finding] = [*broken(found.handbook)]
    if faults:
        raise SiteError(f"what was released is not what it was: {at_line(faults[0].span)}: {faults[0].message}")
    return to_publish(found.handbook)


def _place(directory: Path, target: Path | None, branch: str | None) -> Callable[[], AbstractContextManager[Place]]:
    if target:
        from rolebook.publishing.versions.folder import open_folder

        return lambda: open_folder(target, directory)
    from rolebook.publishing.versions.branch import open_branch

    return lambda: open_branch(branch or BRANCH, directory)


def _told(release: Release, told: Told, target: Path | None, branch: str) -> Iterator[str]:
    where = _where(target, branch)
    if told.is_new:
        yield f"Published {release.id} as of {release.date.isoformat()} in {where}:"
    elif told.sizes:
        yield f"{release.id} is published already in {where}; what leads to it was brought up to date:"
    else:
        yield f"{release.id} is published already in {where}: nothing was written"
        return
    for name, (count, length) in told.sizes.items():
        yield f"  {name} ({counted(count, 'file')}, {size(length)})"
    if target:
        yield f"Open {target / 'index.html'}"
    else:
        yield f"Nothing was pushed: 'git push REMOTE {branch}' shows it to others."


def _where(target: Path | None, branch: str) -> str:
    return f"{target}/" if target else f"branch {branch}"
