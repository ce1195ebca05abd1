"""The kinds of file a handbook is made of: where each lies, and the dataclass that declares it."""

from typing import Any

from rolebook.model import check_settings
from rolebook.model.business import PATH as RECKONED
from rolebook.model.business import BusinessCase
from rolebook.model.check_settings import CheckSettings
from rolebook.model.communication import PATH as TOLD
from rolebook.model.communication import CommunicationPlan
from rolebook.model.completion import PATH as COMPLETED
from rolebook.model.completion import Completion
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.maturity import Assessment, Questionnaire
from rolebook.model.measurement import Measurement
from rolebook.model.momentum import PATH as KEPT_UP
from rolebook.model.momentum import Momentum
from rolebook.model.organisation import Functions, Glossary, Organisation
from rolebook.model.process import Process
from rolebook.model.programme import PATH as PLANNED
from rolebook.model.programme import ProgrammePlan
from rolebook.model.raci import Matrix, Role
from rolebook.model.release import NEXT, NextRelease, Release, Snapshot
from rolebook.model.scorecard import PATH as SHOWN
from rolebook.model.scorecard import Scorecard
from rolebook.model.steps import PATH as STEPPED
from rolebook.model.steps import Steps
from rolebook.model.targets import PATH as AIMED
from rolebook.model.targets import Targets
from rolebook.model.training import TrainingPlan
from rolebook.model.values import ID, VERSION, Form
from rolebook.model.written import WrittenPage
from rolebook.value import value


@value()
class Kind:
    """A kind of file: its name, the files it takes (`*` stands for the id) and its declaration.

    An `optional` one may be missing altogether. `form` is that of the ids. Files of the `past` say what was:
    nobody changes them, and what they name may be called otherwise by now, or be gone. Files of the `programme` say
    how the organisation gets on: what is asked of anybody does not depend on them, and no version holds them.
    """

    name: str
    title: str
    pattern: str
    type: type[Any]
    optional: bool = False
    form: Form = ID
    past: bool = False
    programme: bool = False

    @property
    def folder(self) -> str:
        """The folder that holds its files, relative to the handbook."""
        return self.pattern.rpartition("/")[0]

    @property
    def ending(self) -> str:
        """What the names of its files end in."""
        return f".{self.pattern.rpartition('.')[2]}"

    @property
    def single(self) -> bool:
        """Whether there is just one such file; it must exist unless it is optional."""
        return "*" not in self.pattern

    @property
    def is_table(self) -> bool:
        """Whether its files are tables (CSV), of which each row says one thing of the declared type."""
        return self.pattern.endswith(".csv")

    def path(self, id: str) -> str:
        """The file of the entity `id`, relative to the handbook."""
        return self.pattern.replace("*", id)


KINDS: tuple[Kind, ...] = (
    Kind("organisation", "organisation", "process_defs/organisation.yaml", Organisation),
    Kind("glossary", "glossary", "process_defs/glossary.yaml", Glossary),
    Kind("checks", "settings of the checks", check_settings.PATH, CheckSettings, optional=True),
    Kind("process", "process", "process_defs/processes/*.yaml", Process),
    Kind("improvement", "improvement", "process_defs/improvements/*.yaml", Improvement),
    Kind(
        "questionnaire",
        "questionnaire",
        "process_defs/questionnaires/*.yaml",
        Questionnaire,
        optional=True,
        programme=True,
    ),
    Kind("assessment", "assessment", "process_defs/assessments/*.yaml", Assessment, optional=True, programme=True),
    Kind("targets", "targets of maturity", AIMED, Targets, optional=True, programme=True),
    Kind("business-case", "business case", RECKONED, BusinessCase, optional=True, programme=True),
    Kind("programme-plan", "plan of the programme", PLANNED, ProgrammePlan, optional=True, programme=True),
    Kind("steps", "steps of the change", STEPPED, Steps, optional=True, programme=True),
    Kind("scorecard", "scorecard", SHOWN, Scorecard, optional=True, programme=True),
    Kind("momentum", "file of successes and suggestions", KEPT_UP, Momentum, optional=True, programme=True),
    Kind("communication", "communication plan", TOLD, CommunicationPlan, optional=True, programme=True),
    Kind("next-release", "note of the next release", NEXT, NextRelease, optional=True, past=True),
    Kind("release", "release", "process_defs/releases/*.yaml", Release, optional=True, form=VERSION, past=True),
    Kind("functions", "functions", "raci/functions.yaml", Functions),
    Kind("role", "role", "raci/roles/*.yaml", Role),
    Kind("matrix", "RACI matrix", "raci/matrices/*.yaml", Matrix),
    Kind("job", "job description", "raci/job_descriptions/*.yaml", JobDescription),
    Kind("plan", "training plan", "raci/training_plans/*.yaml", TrainingPlan),
)
"""Every kind of YAML file, in the order in which files are read and findings are listed."""

PAGE = Kind("page", "page", "process_defs/pages/*.md", WrittenPage)
"""Pages that are written by hand, in Markdown."""
COMPLETIONS = Kind("completions", "record of training", COMPLETED, Completion, optional=True, past=True)
"""How many have been trained in what: a table."""
MEASUREMENTS = Kind(
    "measurements",
    "table of measurements",
    "process_defs/measurements/*.csv",
    Measurement,
    optional=True,
    programme=True,
)
"""What the KPIs of a process were, month by month: a table for each process."""
ALL_KINDS = (*KINDS, PAGE, COMPLETIONS, MEASUREMENTS)
"""Every kind of file that an author writes, YAML or not."""
SNAPSHOTS = Kind(
    "snapshot", "snapshot", "process_defs/releases/*.json", Snapshot, optional=True, form=VERSION, past=True
)
"""What lies beside releases: all that the handbook said then. No author writes it, and it is read only on request."""
