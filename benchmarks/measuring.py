"""What a command costs as a whole process."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

PARSE = """
import sys, yaml
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""
"""A program that only parses the files that it is given, with PyYAML and libyaml."""


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds, user and system, and megabytes at its peak."""

    seconds: float
    megabytes: float


def cost(command: list[str], *accepted: int) -> Cost:
    """Run a command, which must end with 0 or another of the `accepted` codes."""
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, *accepted):
            said.seek(0)
            sys.exit(said.read().decode())
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
