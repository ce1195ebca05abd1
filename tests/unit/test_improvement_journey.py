"""The way of an improvement manager: from an assessment over a gap to an improvement that has proved itself."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from rolebook.loading import load
from rolebook.model.benefits import benefits
from rolebook.model.figures import State, figures
from rolebook.model.gaps import Gap, gaps
from rolebook.model.handbook import Handbook
from rolebook.model.levels import maturity_of
from rolebook.model.standing import Mark, record
from tests.conftest import TODAY, Result

Rolebook = Callable[..., Result]
PROCESS, ID = "problem-management", "search-as-one"
KPI = f"{PROCESS}/undecided-problems"
FILE = f"process_defs/improvements/{ID}.yaml"
PROPOSED = f"""\
name: Search for causes in one way
status: proposed
owner: problem-process-owner
origin: The gap report of November.
problem: Everybody searches as a former employer taught it.
approach: One way of searching is written down and tried on ten problems.
benefit: Fewer problems wait for a decision.
objective: fewer-repeat-failures
changes: kpi:{KPI}
cost: {{once: 3000}}
saves: {{per_year: 20000}}
measured: {{kpi: {KPI}, before: 2025-06, after: 2026-10}}
due: 2026-04-30
"""
ACHIEVED = PROPOSED.replace("status: proposed", "status: achieved") + (
    "achieved: 2026-04-20\napproval: {approved_by: it-director, approved: 2026-01-12}\n"
)
TOLD = f"""
  - id: one-way-to-search
    to: [problem-process-owner, problem-manager]
    message: Whoever looks for a cause does it in the same six steps from Monday on.
    matters: A colleague can go on where you had to stop.
    channel: Weekly meeting of the problem managers
    sender: improvement-manager
    date: 2026-11-20
    state: sent
    sent: 2026-11-20
    about: {ID}
"""
CONFIRMED = f"""
  - improvement: {ID}
    date: 2026-11-20
    per_year: 17000
    confirmed_by: it-finance-manager
    shows: Hours that the ten searches took, beside those of ten from the year before.
"""


def codes(rolebook: Rolebook, handbook: Path) -> set[str]:
    """The codes of all that is found."""
    out = rolebook("-C", handbook, "check", "--today", TODAY, "--format", "concise").out
    return set(re.findall(r": (?:error|warning)\[(RB\d{3})\]", out))


def known(handbook: Path) -> Handbook:
    return load(handbook).handbook


def gap_of(handbook: Path) -> tuple[int, Gap]:
    """The gap of the process, and how many come before it."""
    found = gaps(known(handbook))
    return next((place, gap) for place, gap in enumerate(found) if gap.subject == PROCESS)


def write(handbook: Path, path: str, text: str) -> None:
    (handbook / path).write_text(text, encoding="utf-8")


def add(handbook: Path, path: str, text: str) -> None:
    with (handbook / path).open("a", encoding="utf-8") as file:
        file.write(text)


def assess_again(handbook: Path) -> None:
    """Answer everything up to level 2 with yes."""
    folder = handbook / "process_defs/assessments"
    asked = {str(one.id): int(one.level) for one in known(handbook).questionnaires[PROCESS].questions}
    first = (folder / f"{PROCESS}-2025.yaml").read_text(encoding="utf-8").partition("answers:\n")[0]
    later = re.sub("^date: .*$", "date: 2026-11-20", first, flags=re.MULTILINE)
    answers = "".join(
        f"  {id}:\n    answer: {'yes' if level <= 2 else 'no'}\n    evidence: Seen in the records of {level} weeks.\n"
        for id, level in asked.items()
    )
    (folder / f"{PROCESS}-2026.yaml").write_text(f"{later}answers:\n{answers}", encoding="utf-8")


def test_an_assessment_moves_level_gap_and_place_in_the_order(reference: Path, rolebook: Rolebook) -> None:
    before, gap = gap_of(reference)
    assess_again(reference)
    after, narrower = gap_of(reference)
    assert (maturity_of(known(reference), PROCESS).change, narrower.level, gap.level) == (1, 2, 1)
    assert (narrower.size, narrower.missing < gap.missing, after < before) == (1, True, True)
    assert codes(rolebook, reference) == set()


def test_an_improvement_goes_from_its_gap_to_its_proof(reference: Path, rolebook: Rolebook) -> None:
    write(reference, FILE, PROPOSED)
    assert ID in [one.id for one in gap_of(reference)[1].improvements]
    assert codes(rolebook, reference) == set()

    write(reference, FILE, ACHIEVED)
    assert codes(rolebook, reference) == {"RB610", "RB611", "RB613"}
    improvement = known(reference).improvements[ID]
    assert record(known(reference), improvement).told is Mark.MISSING
    assert record(known(reference), improvement).measured is not Mark.DONE

    add(reference, "process_defs/programme/communication.yaml", TOLD)
    assert codes(rolebook, reference) == {"RB611", "RB613"}
    assess_again(reference)
    assert codes(rolebook, reference) == {"RB611"}
    table = reference / f"process_defs/measurements/{PROCESS}.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace(
            "undecided-problems,2025-11",
            "undecided-problems,2025-06,21,Counted back from the records.\nundecided-problems,2025-11",
        ),
        encoding="utf-8",
    )
    assert "RB611" not in codes(rolebook, reference)
    proved = record(known(reference), known(reference).improvements[ID])
    assert (proved.told, proved.measured) == (Mark.DONE, Mark.DONE)


def test_a_measurement_and_a_confirmation_change_scorecard_and_benefits(reference: Path, rolebook: Rolebook) -> None:
    def counted() -> list[str]:
        out = rolebook("-C", reference, "report", "scorecard", "--today", TODAY).out
        return [line for line in out.splitlines() if line.startswith("| reached")]

    states = counted()
    assert figures(known(reference))[KPI].state is not State.REACHED
    table = reference / f"process_defs/measurements/{PROCESS}.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(re.sub(r"(?m)^(undecided-problems,2026-10),\d+", r"\1,4", text), encoding="utf-8")
    assert figures(known(reference))[KPI].state is State.REACHED
    assert counted() != states

    before = benefits(known(reference))
    write(reference, FILE, ACHIEVED)
    claimed = benefits(known(reference))
    assert claimed.still_open - before.still_open == 20000
    add(reference, "process_defs/programme/business_case.yaml", CONFIRMED)
    found = benefits(known(reference))
    assert (found.confirmed - before.confirmed, found.still_open) == (Fraction(17000), before.still_open)
