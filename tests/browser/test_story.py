"""The story of an improvement, from the suggestion to everybody's everyday practice, and that nobody undoes it unseen.

In a throw-away git repository with the small handbook, with the commands that its people would type.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor, serving
from tests.conftest import Result

Run = Callable[..., Result]

PROCESS = "process_defs/processes/incident.yaml"
MATRIX = "raci/matrices/incident.yaml"
JOB = "raci/job_descriptions/desk-agent.yaml"
PLAN = "raci/training_plans/first-weeks.yaml"
CALL_BACK = "process_defs/improvements/call-back.yaml"
MESSAGE = "process_defs/improvements/message-instead.yaml"
OF_FEBRUARY = "approved: 2026-02-02, next_review: 2027-02-01"
OF_SEPTEMBER = "approved: 2026-09-14, next_review: 2027-09-14"
OF_OCTOBER = "approved: 2026-10-19, next_review: 2027-10-19"
UNDONE = (
    "error[RB608] the activity 'incident/call-back' is gone: this undoes 'Call back the next day', released in 1.1.0"
)

PROPOSED = """\
name: Call back the next day
status: proposed
owner: incident-manager
origin: Readers said in June that faults come back overnight.
problem: Nobody learns that a repair did not last until the reader reports again.
approach:
  - An agent calls each reader on the day after the repair.
benefit: Branches open on time, since repairs that do not last are found before opening.
objective: open-on-time
"""
ACHIEVED = """\
status: achieved
achieved: 2026-09-15
adds: activity:incident/call-back
measured: {kpi: incident/time-to-restore, before: 2026-06, after: 2026-09}
approval: {approved_by: change-manager, approved: 2026-07-20}
"""
REPLACING = """\
name: Ask by message instead of calling
status: proposed
owner: incident-manager
origin: Two readers in three did not answer the call in October.
problem: Agents spend an hour a day on calls that nobody answers.
approach:
  - The ticket system asks each reader by message on the day after the repair.
benefit: Agents answer reports sooner.
objective: faster-answers
replaces: call-back
removes: activity:incident/call-back
due: 2027-03-31
measured: {kpi: incident/time-to-restore, before: 2026-09, after: 2026-11}
"""
ACTIVITY = """\
  - id: call-back
    name: Call the reader back
    steps:
      - Call the reader on the next day, and ask whether the repair lasts.
"""
ROW = "call-back: {R: agent, A: incident-manager}\n"
DUTY = """\
  - duty: Calls readers back on the day after the repair.
    fulfils: incident/call-back
"""


class Repository:
    """The folder in which the handbook lies, under git, and the commands that are typed there."""

    def __init__(self, folder: Path, rolebook: Run) -> None:
        self.folder = folder
        self._rolebook = rolebook
        self._git("init", "--quiet", "--initial-branch=main")

    def __call__(self, *arguments: str) -> str:
        """What a command that succeeds prints."""
        result = self.run(*arguments)
        assert result.code == 0, result.out + result.err
        return result.out

    def run(self, *arguments: str) -> Result:
        return self._rolebook("-C", self.folder, *arguments)

    def check(self, day: str) -> list[str]:
        """What `check` finds as of a day, without the places."""
        out = self.run("check", "--today", day, "--format", "concise").out
        return [line.partition(": ")[2] for line in out.splitlines()[:-1]]

    def edit(self, path: str, old: str, new: str) -> None:
        """Put `new` in the place of `old`."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", message)

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Process Owner", "-c", "user.email=owner@library.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(self.folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(name="repository")
def _repository(given: Path, rolebook: Run) -> Repository:
    (given / "mkdocs.yml").write_text("site_name: Larkfield\nsite_url: https://larkfield.example/\n", encoding="utf-8")
    return Repository(given, rolebook)


def test_an_improvement_from_the_suggestion_to_practice(
    repository: Repository, tmp_path: Path, browser: Browser
) -> None:
    site = tmp_path / "published"
    assert repository.check("2026-06-30") == []
    repository("release", "1.0.0", "--date", "2026-06-30", "--note", "The first version.")
    repository.commit("The first version")
    repository("publish", "--to", str(site))

    suggest(repository)
    say_that_it_is_achieved(repository)
    consolidate(repository)
    repository("publish", "--to", str(site))
    with serving(site) as address:
        context = browser.new_context()
        see_both_versions(Visitor(context.new_page(), address))
        context.close()
    undo(repository)
    replace(repository)


def suggest(repository: Repository) -> None:
    repository.write(CALL_BACK, PROPOSED)
    assert repository.check("2026-07-10") == []
    repository.commit("Suggest to call readers back")


def say_that_it_is_achieved(repository: Repository) -> None:
    """The activity is written, and nobody's job description or training speaks of it yet."""
    repository.edit(PROCESS, "    records: [ticket]\nhands_over:", f"    records: [ticket]\n{ACTIVITY}hands_over:")
    repository.write(MATRIX, (repository.folder / MATRIX).read_text(encoding="utf-8") + ROW)
    repository.edit(PROCESS, OF_FEBRUARY, OF_SEPTEMBER)
    repository.edit(CALL_BACK, "status: proposed\n", ACHIEVED)
    gate = [line for line in repository.check("2026-09-15") if "RB601" in line]
    assert gate == [
        "error[RB601] 'agent' is not trained in 'incident/call-back', though this improvement is achieved",
        "error[RB601] the job 'desk-agent' has no duty for 'incident/call-back', though this improvement is achieved",
    ]
    refused = repository.run("release", "1.1.0", "--date", "2026-09-15")
    assert (refused.code, "1.1.0 is not released" in refused.err) == (1, True)


def consolidate(repository: Repository) -> None:
    """The job description and the training follow, and the version says so."""
    repository.edit(JOB, "approval:", f"{DUTY}approval:")
    repository.edit(JOB, OF_FEBRUARY, OF_SEPTEMBER)
    repository.edit(PLAN, "incident/close]", "incident/close, incident/call-back]")
    repository.edit(PLAN, "    minutes: 60\n", "    minutes: 60\n    reviewed: 2026-09-14\n")
    assert repository.check("2026-09-15") == []
    told = repository("diff", "1.0.0")
    assert "Service Desk Agent\n    is responsible for 'Call the reader back' (Incident Management)" in told
    assert "\n  call-back: Call back the next day" in repository("release", "1.1.0", "--date", "2026-09-15")
    repository.commit("1.1.0: readers are called back")


def see_both_versions(visitor: Visitor) -> None:
    page = visitor.open("1.0.0/roles/agent.html")
    expect(page.locator(".md-banner--warning")).to_be_visible()
    page.locator(".md-version__current").focus()
    expect(page.locator(".md-version__link")).to_have_text(["1.1.0", "1.0.0"])
    page.locator(".md-version__link", has_text="1.1.0").click()
    page.wait_for_url("**/1.1.0/roles/agent.html")
    expect(page.locator(".md-banner--warning")).to_be_hidden()
    changes = page.locator("article")
    expect(changes).to_contain_text("is responsible for Call the reader back (Incident Management)")
    assert (visitor.foreign, visitor.errors) == ([], [])


def undo(repository: Repository) -> None:
    """Somebody takes the activity out again, with all that belongs to it."""
    repository.edit(PROCESS, ACTIVITY, "")
    repository.edit(MATRIX, ROW, "")
    repository.edit(JOB, DUTY, "")
    repository.edit(PLAN, ", incident/call-back]", "]")
    assert UNDONE in repository.check("2026-10-20")
    refused = repository.run("release", "1.2.0", "--date", "2026-10-20")
    assert (refused.code, "1.2.0 is not released" in refused.err) == (1, True)


def replace(repository: Repository) -> None:
    """It may be taken out once that is agreed to, and it is released once that is achieved."""
    repository.write(MESSAGE, REPLACING)
    assert UNDONE in repository.check("2026-10-20")
    consent = "approval: {approved_by: change-manager, approved: 2026-10-19}\n"
    repository.edit(MESSAGE, "status: proposed\n", f"status: approved\n{consent}")
    repository.edit(PROCESS, OF_SEPTEMBER, OF_OCTOBER)
    repository.edit(JOB, OF_SEPTEMBER, OF_OCTOBER)
    repository.edit(PLAN, "reviewed: 2026-09-14", "reviewed: 2026-10-19")
    assert repository.check("2026-10-20") == []
    waiting = repository.run("release", "1.2.0", "--date", "2026-10-20")
    assert waiting.code == 2
    assert "is undone by 'message-instead', which replaces it but is not achieved yet" in waiting.err
    repository.edit(MESSAGE, "status: approved\n", "status: achieved\nachieved: 2026-10-20\n")
    assert repository.check("2026-10-20") == []
    told = repository("release", "1.2.0", "--date", "2026-10-20")
    assert "the activity 'incident/call-back' is gone, by message-instead" in told
    assert repository.check("2026-10-20") == []
