"""Pages that lead on to another page: at once with a script, as quickly without, and by a link in any case."""

from pathlib import PurePosixPath

from markupsafe import Markup

from rolebook.rendering import Look, spoken

GENERATOR = "rolebook publish"

_PAGE = Markup(
    """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="{generator}">
<title>{title}</title>
<link rel="canonical" href="{href}">
<link rel="icon" href="data:,">
<script>location.replace(document.querySelector("link").href + location.search + location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>
</head>
<body>
<p><a href="{href}">{title}</a></p>
</body>
</html>
"""
)


def leading(path: str, to: str, words: str, look: Look, *, directory_urls: bool) -> bytes:
    """The page at `path` that leads to the page at `to`, both as seen from the top; `words` say where that is."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    href = f"{up}{to.removesuffix('index.html') if directory_urls and to.endswith('/index.html') else to}"
    return _PAGE.format(language=spoken(look) or "en", generator=GENERATOR, title=words, href=href).encode()


def is_ours(page: bytes) -> bool:
    """Whether a page was made here."""
    return f'content="{GENERATOR}"'.encode() in page
