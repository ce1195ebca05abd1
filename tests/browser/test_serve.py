"""A process owner edits with the page open: a change shows by itself, an error is told there, and nothing stops."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.conftest import TODAY

ROLE = "raci/roles/service-desk-lead.yaml"
COMMANDS = {
    "rolebook serve": ["rolebook", "--directory", ".", "serve", "--today", TODAY, "--port"],
    "mkdocs serve": ["mkdocs", "serve", "--livereload", "--dev-addr"],
}
PATIENCE = 30_000
"""Milliseconds that a change may take to show on a busy machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: str, handbook: Path) -> Iterator[str]:
    """The address at which the command serves the handbook; it ends with the block."""
    port = free_port()
    where = f"127.0.0.1:{port}" if command == "mkdocs serve" else str(port)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600"}  # the day of TODAY
    arguments = [sys.executable, "-m", *COMMANDS[command], where]
    log = handbook / "served.log"
    with log.open("wb") as out:
        server = subprocess.Popen(arguments, cwd=handbook, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield f"http://127.0.0.1:{port}/"
            assert server.poll() is None, log.read_text(encoding="utf-8")
        finally:
            server.terminate()
            server.wait()


def edit(handbook: Path, old: str, new: str) -> None:
    file = handbook / ROLE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def open_when_ready(page: Page, address: str) -> None:
    """Open a page of a server that is still starting."""
    for _ in range(60):
        try:
            page.goto(address)
            return
        except Error:
            page.wait_for_timeout(500)
    page.goto(address)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_edit_shows_by_itself_and_an_error_is_told_on_the_page(
    command: str, browser: Browser, reference: Path
) -> None:
    page = browser.new_page()
    with running(command, reference) as home:
        open_when_ready(page, f"{home}roles/service-desk-lead.html")
        title = page.get_by_role("heading", level=1)
        expect(title).to_contain_text("Service Desk Lead", timeout=PATIENCE)
        edit(reference, "name: Service Desk Lead", "name: Head of the Desk")
        expect(title).to_contain_text("Head of the Desk", timeout=PATIENCE)
        edit(reference, "name: Head of the Desk", "nmae: Chief of the Desk")
        banner = page.get_by_role("alert").filter(has_text="error")
        expect(banner).to_contain_text("Did you mean 'name'?", timeout=PATIENCE)
        expect(title).to_contain_text("Head of the Desk")
        edit(reference, "nmae: Chief of the Desk", "name: Chief of the Desk")
        expect(title).to_contain_text("Chief of the Desk", timeout=PATIENCE)
        expect(banner).to_have_count(0)
    page.close()
