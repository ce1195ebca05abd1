"""All kinds of fault; importing the modules of the families registers them."""

from benchmarks.faults import (
    communication,
    completions,
    control,
    flow,
    improvements,
    jobs,
    maturity,
    pages,
    programme,
    raci,
    ratchet,
    reading,
    references,
    releases,
    renewal,
    repetition,
    segregation,
    targets,
    training,
)
from benchmarks.faults.kind import KINDS

__all__ = ["FAMILIES", "KINDS"]

FAMILIES = (
    reading,
    pages,
    references,
    raci,
    segregation,
    flow,
    repetition,
    jobs,
    training,
    completions,
    improvements,
    ratchet,
    programme,
    maturity,
    targets,
    communication,
    control,
    renewal,
    releases,
)
