"""Packs in a preview: each is made when somebody asks for it, so that an edit shows as soon as without them."""

from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

from rolebook.publishing.error import SiteError
from rolebook.publishing.packs.shelf import Shelf


def hand_out(server: LiveReloadServer, packs: Callable[[], Shelf]) -> None:
    """Let `server` give the packs of the handbook as it stands, beside the files of the site."""
    others: Any = server.get_app()

    def app(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        make = packs().get(str(environ.get("PATH_INFO", "")).removeprefix(server.mount_path))
        if make is None:
            given: Iterable[bytes] = others(environ, start)
            return given
        try:
            data, status, kind = make(), "200 OK", "text/html; charset=utf-8"
        except SiteError as error:
            data, status, kind = str(error).encode(), "500 Internal Server Error", "text/plain; charset=utf-8"
        start(status, [("Content-Type", kind), ("Content-Length", str(len(data)))])
        return [data]

    server.set_app(app)
