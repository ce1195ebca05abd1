"""What a module is called where only letters, digits and a few marks may stand: in a manifest, and as a file.

Ids have single hyphens and nothing else between letters and digits, so no two modules are given the same name.
"""

from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.value import value


@value()
class Names:
    """The names of a module of a plan."""

    plan: str
    module: str

    @classmethod
    def of(cls, plan: TrainingPlan, module: TrainingModule) -> "Names":
        """The names of this module."""
        return cls(str(plan.id), str(module.id))

    @property
    def reference(self) -> str:
        """The module, written `plan/module`."""
        return f"{self.plan}/{self.module}"

    @property
    def file(self) -> str:
        """The file of its page, in the package."""
        return f"modules/{self.plan}--{self.module}.html"

    @property
    def identifier(self) -> str:
        """What stands behind a prefix in identifiers of XML, and of what participants have answered."""
        return f"{plain(self.plan)}__{plain(self.module)}"


def plain(id: str) -> str:
    """An id without the hyphens, in which expressions of prerequisites might see a sign."""
    return id.replace("-", "_")
