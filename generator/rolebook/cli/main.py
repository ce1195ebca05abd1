"""The command line: it parses, calls one function, reports, and returns 0 (clean), 1 (findings) or 2 (not run)."""

import contextlib
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from rolebook import __version__
from rolebook.resources import DamagedInstallation

COMMANDS = (
    *("check", "build", "serve", "diff", "release", "publish", "pack", "export", "report"),
    *("new", "rename", "merge-role", "retire-role", "explain", "schema"),
)
"""The commands, in the order of the help; each is a module of `cli.commands`, imported when it is called."""


class CouldNotRun(click.ClickException):
    """The command could not do its work: one line says why, and the exit code is 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the reason to standard error."""
        click.echo(f"rolebook: {self.format_message()}", err=True)


class Named(click.Group):
    """A group that offers a near name for a command that it does not have."""

    kind = "command"
    """What its commands are called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a near name is offered for one that does not exist."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            from rolebook.loading.near import nearest

            meant = nearest(args[0], names)
            offer = f" Did you mean '{meant}'?" if meant else f" {self.kind.capitalize()}s: {', '.join(names)}"
            raise click.UsageError(f"there is no {self.kind} '{args[0]}'.{offer}", ctx)
        return super().resolve_command(ctx, args)


class Commands(Named):
    """A group that imports a command only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        gc.disable()  # what a module is made of stays: to look through it for what can go takes a while
        try:
            command: click.Command = importlib.import_module(f"rolebook.cli.commands.{module}").command
        finally:
            gc.enable()
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--directory",
    "-C",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The handbook to work on: the folder with process_defs/ and raci/. [default: this folder]",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(__version__, prog_name="rolebook", message="%(prog)s %(version)s")
@click.pass_context
def rolebook(ctx: click.Context, directory: Path, debug: bool) -> None:
    """Check and publish a process handbook that is written as YAML."""
    ctx.obj = directory


def main(argv: list[str] | None = None) -> int:
    """Run the command line with `argv` (without the program's name); the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        code = rolebook.main(args=arguments, prog_name="rolebook", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _last_words("stopped", 130)
    except DamagedInstallation as error:
        return _last_words(str(error), 2)
    except BrokenPipeError:
        _silence()
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _last_words(f"{where}{(error.strerror or str(error)).lower()}", 2)
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _last_words(
            f"an unexpected error ({type(error).__name__}): please report it with what 'rolebook --debug …' prints", 2
        )


def run() -> NoReturn:
    """The program: `main`, and the end of the process at once, without taking apart what was read bit by bit."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _last_words(message: str, code: int) -> int:
    with contextlib.suppress(OSError):
        click.echo(f"rolebook: {message}", err=True)
    _silence()
    return code


def _silence() -> None:
    """Keep Python from complaining about a standard output that is gone when it ends."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
