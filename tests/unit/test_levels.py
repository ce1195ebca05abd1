"""From answers to a level: the rule in words, by example, and what holds whatever is answered."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st

from rolebook.model import values as v
from rolebook.model.levels import Found, found
from rolebook.model.maturity import AREAS, Answer, Answers, Assessment, ExpectedLevel, MaturityQuestion, Questionnaire
from rolebook.source import Span, Text

HERE = Span.of_file("process_defs/assessments/first.yaml")
WORDS = ("yes", "partly", "no", "not-applicable", "")
BY_LETTER = {word[:1]: word for word in WORDS if word} | {"x": "not-applicable", "n": "no", ".": ""}


def text(words: str) -> Text:
    return Text(words, HERE)


def asked(*levels: int, area: str | None = None) -> tuple[MaturityQuestion, ...]:
    """A question for each of the levels; they are called by their place."""
    return tuple(
        MaturityQuestion(
            id=text(f"{area or 'q'}{place}"),
            level=v.Whole(level),
            area=text(area) if area else None,
            asks=text("Is it so?"),
            shows=text("That it is."),
            span=HERE,
        )
        for place, level in enumerate(levels)
    )


def assessed(questions: tuple[MaturityQuestion, ...], words: tuple[str, ...]) -> tuple[Questionnaire, Assessment]:
    process = None if questions[0].area else text("incident")
    questionnaire = Questionnaire(id=text("q"), name=text("Q"), process=process, questions=questions, span=HERE)
    answers = tuple(
        Answer(question=question.id, answer=text(word), span=HERE)
        for question, word in zip(questions, words, strict=True)
        if word
    )
    assessment = Assessment(
        id=text("first"),
        questionnaire=text("q"),
        date=v.Day.at(text("2026-01-20")),
        method=text("self"),
        assessor=text("agent"),
        expected=v.Whole(2) if process else None,
        expected_areas=(ExpectedLevel(area=text("people"), level=v.Whole(3), span=HERE),),
        answers=Answers(given=answers, span=HERE),
        span=HERE,
    )
    return questionnaire, assessment


def of(levels: str) -> Found:
    """What was found where the answers to the questions of each level are these: `yy yyp` for two levels."""
    groups = levels.split()
    questions = asked(*(level for level, letters in enumerate(groups, 1) for _ in letters))
    (only,) = found(*assessed(questions, tuple(BY_LETTER[letter] for letters in groups for letter in letters)))
    return only


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ("nnn nnn nnn nnn nnn", 0),
        ("yyy nnn nnn nnn nnn", 1),
        ("yyy yyy yyy yyy yyy", 5),
        ("yyy yyp yyy nnn nnn", 3),  # two and a half of three are five sixths
        ("yyy ypp yyy nnn nnn", 1),  # two of three are not four fifths
        ("yyyyn yyy nnn nnn nnn", 2),  # four of five are
        ("yyn yyy yyy yyy yyy", 0),  # whatever stands above
        ("yyy yyyx yyy nnn nnn", 1),  # a quarter does not apply: it cannot be assessed
        ("yyy yyyyx yyy nnn nnn", 3),  # a fifth may not apply
        ("yyy yyyyp. yyy nnn nnn", 1),  # an open question counts nothing
        ("yyy yyy yyy", 3),  # of a level that nobody asks for there is nothing to show
        ("xxx yyy yyy yyy yyy", 0),
    ],
)
def test_a_level_holds_with_four_fifths_of_its_points_where_those_below_hold(answers: str, level: int) -> None:
    assert of(answers).level == level


def test_what_is_missing_is_what_the_next_level_asks_for() -> None:
    one = of("yyy ypnx. yyn nnn nnn")
    assert [(asked.question.id, asked.word) for asked in one.missing] == [("q4", "partly"), ("q5", "no"), ("q7", "")]
    assert [str(asked.question.id) for asked in one.strengths] == ["q3", "q8", "q9"]
    assert of("y y y y y").missing == ()


def test_an_open_question_makes_it_incomplete_and_one_that_does_not_apply_does_not() -> None:
    assert of("yy.. yx").complete == Fraction(4, 6)


@pytest.mark.parametrize(
    ("answers", "progress"), [("yyy ynn nnn", "1.3"), ("nnn yyy", "0.0"), ("yyy yyn.", "1.5"), ("y y y y y", "5.0")]
)
def test_progress_is_the_level_and_the_part_of_the_next_that_is_there(answers: str, progress: str) -> None:
    assert of(answers).progress == Decimal(progress)


def test_each_of_the_six_areas_has_a_level_of_its_own() -> None:
    questions = (*asked(1, 1, 2, area="people"), *asked(1, area="culture"))
    by_area = {one.subject: one for one in found(*assessed(questions, ("yes", "yes", "no", "yes")))}
    assert tuple(by_area) == AREAS
    assert (by_area["people"].level, by_area["culture"].level, by_area["steering"].level) == (1, 1, 0)
    assert (by_area["people"].expected, by_area["culture"].expected) == (3, None)


@st.composite
def answered(draw: st.DrawFn) -> tuple[tuple[MaturityQuestion, ...], tuple[str, ...], int]:
    levels = draw(st.lists(st.integers(1, 5), min_size=1, max_size=20))
    words = draw(st.tuples(*(st.sampled_from(WORDS) for _ in levels)))
    return asked(*levels), words, draw(st.integers(0, len(levels) - 1))


@sampled(answered())
def test_one_more_yes_never_lowers_a_level(drawn: tuple[tuple[MaturityQuestion, ...], tuple[str, ...], int]) -> None:
    questions, words, place = drawn
    (before,) = found(*assessed(questions, words))
    (after,) = found(*assessed(questions, (*words[:place], "yes", *words[place + 1 :])))
    assert after.level >= before.level


@sampled(answered())
def test_a_level_is_reached_exactly_when_all_up_to_it_hold(
    drawn: tuple[tuple[MaturityQuestion, ...], tuple[str, ...], int],
) -> None:
    (one,) = found(*assessed(*drawn[:2]))
    assert all(level.holds for level in one.levels[: one.level])
    assert one.level == 5 or not one.levels[one.level].holds
    assert one.level <= one.progress < one.level + 1
    assert one.assessment.date == date(2026, 1, 20)
