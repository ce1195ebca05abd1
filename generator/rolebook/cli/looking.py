"""How what is made looks, and what of that is told: files that are not used, and words that there are not."""

from pathlib import Path

import click

from rolebook.publishing.overrides import FOLDER, NO_OVERRIDES, Overrides, has_overrides, read_overrides
from rolebook.publishing.settings import Settings
from rolebook.rendering import Look, languages, spoken


def own_files(handbook: Path, *, trust: bool) -> Overrides:
    """The handbook's own templates and styles where it is trusted; SiteError for one that cannot be used."""
    tell_unused(handbook, trust=trust)
    return read_overrides(handbook) if trust else NO_OVERRIDES


def look_of(settings: Settings | None, handbook: Path, *, trust: bool) -> Look:
    """How what is made of a handbook looks, without a site; says what of it is not used or not there."""
    from rolebook.publishing.edition import Site

    own = own_files(handbook, trust=trust)
    look = Site.of(settings, own).look if settings else own.look(None)
    tell_language(look)
    return look


def tell_unused(handbook: Path, *, trust: bool) -> None:
    """Say so where a handbook has templates of its own that are not used."""
    if not trust and has_overrides(handbook):
        click.echo(f"{FOLDER}/ is not used: templates and scripts need your trust, said with --trust-config", err=True)


def tell_language(look: Look) -> None:
    """Say so where pages stay in English for want of words in the language of the handbook."""
    if spoken(look) is None:
        known = ", ".join(languages(look))
        click.echo(f"the pages stay in English: there are no words in '{look.language}', but in {known}", err=True)
