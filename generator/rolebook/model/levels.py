"""From answers to a level of maturity: the rule, and what follows from it.

Yes counts 1, partly ½, no and an open question 0; what does not apply leaves the count. A level holds where its
questions have at least four fifths of what they could have, and all levels below hold. Where more than a fifth of a
level's questions do not apply, it cannot be assessed, and so does not hold. Nothing has to be shown for level 0.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Self

from rolebook.model.handbook import Handbook, derived
from rolebook.model.maturity import (
    AREAS,
    HIGHEST,
    LEVELS,
    NO,
    NOT_APPLICABLE,
    PARTLY,
    YES,
    Answer,
    Assessment,
    MaturityQuestion,
    Questionnaire,
)
from rolebook.value import value

POINTS: Mapping[str, Fraction] = MappingProxyType({YES: Fraction(1), PARTLY: Fraction(1, 2), NO: Fraction(0)})
"""What an answer counts."""
ENOUGH = Fraction(4, 5)
"""The part of a level's points that it takes to hold."""
MOST_LEFT_OUT = Fraction(1, 5)
"""The part of a level's questions that may not apply."""


@value()
class Answered:
    """A question, and the answer to it where there is one."""

    question: MaturityQuestion
    answer: Answer | None

    @property
    def word(self) -> str:
        """The answer in a word; "" where the question was left open."""
        return str(self.answer.answer) if self.answer else ""

    @property
    def points(self) -> Fraction | None:
        """What it counts; None where it does not apply."""
        return None if self.word == NOT_APPLICABLE else POINTS.get(self.word, Fraction(0))


@value()
class LevelFound:
    """What the questions of one level came to."""

    level: int
    asked: tuple[Answered, ...]

    @cached_property
    def points(self) -> Fraction:
        """The points that the answers have together."""
        return sum((one.points or Fraction(0) for one in self.asked), Fraction(0))

    @cached_property
    def possible(self) -> int:
        """The points that they could have: one for each question that applies."""
        return sum(one.points is not None for one in self.asked)

    @property
    def written(self) -> str:
        """The points as people write them: 2½."""
        whole, half = divmod(int(self.points * 2), 2)
        return f"{whole or ''}½" if half else str(whole)

    @property
    def assessable(self) -> bool:
        """Whether enough of its questions apply."""
        left_out = len(self.asked) - self.possible
        return bool(self.asked) and left_out <= MOST_LEFT_OUT * len(self.asked)

    @cached_property
    def holds(self) -> bool:
        """Whether its own questions have enough points, whatever those of the levels below have."""
        return self.assessable and self.points >= ENOUGH * self.possible

    @property
    def share(self) -> Fraction:
        """The part of the points that it could have, from 0 to 1."""
        return self.points / self.possible if self.possible else Fraction(0)


@value()
class Found:
    """What an assessment found about a process, or about one of the six areas."""

    subject: str
    """The process's id, or the area."""
    assessment: Assessment
    expected: int | None
    levels: tuple[LevelFound, ...]
    """Those from 1 to 5."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the levels are called, from 0 to 5."""
        return LEVELS

    @cached_property
    def level(self) -> int:
        """The level reached, from 0 to 5."""
        return next((one.level - 1 for one in self.levels if not one.holds), HIGHEST)

    @property
    def progress(self) -> Decimal:
        """The level with the part of the next one that is there already, to one decimal: 2.6."""
        above = self.next_level
        part = min(above.share, Fraction(9, 10)) if above else Fraction(0)
        return Decimal(10 * self.level + int(part * 10)).scaleb(-1)

    @property
    def next_level(self) -> LevelFound | None:
        """The lowest level that does not hold."""
        return next((one for one in self.levels if not one.holds), None)

    @property
    def asked(self) -> tuple[Answered, ...]:
        """Every question with its answer, the lowest level first."""
        return tuple(one for level in self.levels for one in level.asked)

    @property
    def answered(self) -> int:
        """How many of the questions were answered."""
        return sum(one.answer is not None for one in self.asked)

    @property
    def complete(self) -> Fraction:
        """The part of the questions that were answered, from 0 to 1."""
        return Fraction(self.answered, len(self.asked)) if self.asked else Fraction(0)

    @property
    def strengths(self) -> tuple[Answered, ...]:
        """What is there already of the levels above the one reached."""
        return tuple(one for one in self.asked if one.question.level > self.level and one.word == YES)

    @property
    def missing(self) -> tuple[Answered, ...]:
        """What keeps the next level from holding: its questions that are not answered with yes, and do apply."""
        above = self.next_level
        return tuple(one for one in above.asked if one.word not in (YES, NOT_APPLICABLE)) if above else ()


@value()
class Maturity:
    """How mature a process or an area is: what was found last, and what before that."""

    subject: str
    now: Found | None
    before: Found | None

    @classmethod
    def of(cls, subject: str, of_it: tuple[Found, ...]) -> Self:
        """What was found about a subject, the oldest first, as it stands."""
        return cls(subject, of_it[-1] if of_it else None, of_it[-2] if len(of_it) > 1 else None)

    @property
    def expected(self) -> bool:
        """Whether somebody had said beforehand which level they expect."""
        return self.now is not None and self.now.expected is not None

    @property
    def change(self) -> int:
        """By how many levels it differs from before; 0 where there is nothing to compare."""
        return self.now.level - self.before.level if self.now and self.before else 0


def found(questionnaire: Questionnaire, assessment: Assessment) -> tuple[Found, ...]:
    """What an assessment found: about the process, or about each of the six areas, in their order."""
    answers = {str(one.question): one for one in reversed(assessment.answers.given)}
    asked = tuple(Answered(question, answers.get(str(question.id))) for question in questionnaire.questions)
    if questionnaire.process is not None:
        expected = None if assessment.expected is None else int(assessment.expected)
        return (Found(str(questionnaire.process), assessment, expected, _levels(asked)),)
    by_area = {str(one.area): int(one.level) for one in assessment.expected_areas}
    return tuple(
        Found(area, assessment, by_area.get(area), _levels(tuple(one for one in asked if one.question.area == area)))
        for area in AREAS
    )


def _levels(asked: tuple[Answered, ...]) -> tuple[LevelFound, ...]:
    return tuple(
        LevelFound(level, tuple(one for one in asked if one.question.level == level)) for level in range(1, HIGHEST + 1)
    )


@derived
def findings(handbook: Handbook) -> Mapping[str, tuple[Found, ...]]:
    """What assessments found about each process and area, by its id, the oldest first; the two kinds share no id."""
    by_subject: dict[str, list[Found]] = {}
    for one in _found(handbook):
        by_subject.setdefault(one.subject, []).append(one)
    return {
        subject: tuple(sorted(of_it, key=lambda one: (one.assessment.date, str(one.assessment.id))))
        for subject, of_it in by_subject.items()
    }


def of_subject(handbook: Handbook, subject: str) -> tuple[Found, ...]:
    """What was found about a process or an area, the oldest first."""
    return findings(handbook).get(subject, ())


def maturity_of(handbook: Handbook, subject: str) -> Maturity:
    """How mature a process or an area is by the assessments there are."""
    return Maturity.of(subject, of_subject(handbook, subject))


def _found(handbook: Handbook) -> Iterator[Found]:
    for assessment in handbook.assessments.values():
        questionnaire = handbook.questionnaires.get(assessment.questionnaire)
        if questionnaire:
            yield from found(questionnaire, assessment)
