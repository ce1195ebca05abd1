"""Family 7: questions that belong nowhere, answers that rest on nothing, levels that are claims."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import FILES
from rolebook.model.levels import maturity_of
from rolebook.model.maturity import YES, Answer, Assessment, Questionnaire

_COPY = "zz-another"


def _questionnaire(draft: Draft, chance: random.Random, *, of_areas: bool = False) -> tuple[str, Questionnaire]:
    every = draft.handbook.questionnaires.values()
    found = one(chance, [each for each in every if (each.process is None) == of_areas])
    return FILES["questionnaire"].path(found.id), found


def _assessment(draft: Draft, chance: random.Random) -> tuple[str, Assessment]:
    found = one(chance, [*draft.handbook.assessments.values()])
    return FILES["assessment"].path(found.id), found


def _answer(draft: Draft, chance: random.Random, *words: str) -> tuple[str, Answer]:
    path, assessment = _assessment(draft, chance)
    return path, one(chance, [answer for answer in assessment.answers.given if answer.answer in words])


@plants("RB703", "a question belongs to no level")
def no_level(draft: Draft, chance: random.Random) -> Place:
    path, questionnaire = _questionnaire(draft, chance)
    question = str(one(chance, questionnaire.questions).id)
    draft.write(path, "questions", question, "level", text=one(chance, ("0", "6", "10")))
    return draft.at(path, "questions", question, "level")


@plants("RB703", "a question does not say which area it is about")
def no_area(draft: Draft, chance: random.Random) -> Place:
    path, questionnaire = _questionnaire(draft, chance, of_areas=True)
    question = str(one(chance, questionnaire.questions).id)
    draft.remove(path, "questions", question, "area")
    return draft.at(path, "questions", question, "id")


@plants("RB704", "nothing is asked about a level")
def level_left_out(draft: Draft, chance: random.Random) -> Place:
    path, questionnaire = _questionnaire(draft, chance)
    level = chance.randrange(1, 5)
    for question in questionnaire.questions:
        if question.level == level:
            draft.write(path, "questions", str(question.id), "level", text="5")
    return draft.at(path, "name")


@plants("RB705", "there is a second questionnaire for a process")
def second_questionnaire(draft: Draft, chance: random.Random) -> Place:
    path, _ = _questionnaire(draft, chance)
    copy = FILES["questionnaire"].path(_COPY)
    draft.put(copy, draft.text(path))
    return draft.at(copy, "process")


@plants("RB706", "an answer says not what it rests on")
def nothing_shown(draft: Draft, chance: random.Random) -> Place:
    path, answer = _answer(draft, chance, YES, "partly")
    draft.remove(path, "answers", str(answer.question), "evidence")
    return draft.at(path, "answers", str(answer.question), "answer")


@plants("RB706", "an answer belongs to no question")
def misspelt_question(draft: Draft, chance: random.Random) -> Place:
    path, answer = _answer(draft, chance, YES, "partly", "no")
    key = draft.entry(path, "answers", str(answer.question)).key
    draft.replace(key.span, f"{answer.question}s")
    return Place(path, key.span.line)


@plants("RB707", "a question is left open")
def left_open(draft: Draft, chance: random.Random) -> Place:
    path, assessment = _assessment(draft, chance)
    first, *others = assessment.answers.given
    draft.remove(path, "answers", str(one(chance, others).question))
    return draft.key(path, "answers", str(first.question))


@plants("RB708", "an assessment is of a day to come")
def to_come(draft: Draft, chance: random.Random) -> Place:
    path, _ = _assessment(draft, chance)
    draft.write(path, "date", text="2062-01-20")
    return draft.at(path, "date")


# What else speaks of its KPIs leads nowhere then.
@plants("RB709", "a process that is defined has no KPI", "RB101", "RB105", "RB602", "RB606")
def nothing_measured(draft: Draft, chance: random.Random) -> Place:
    processes = draft.handbook.processes.values()
    defined = [each for each in processes if (now := maturity_of(draft.handbook, each.id).now) and now.level > 2]
    process = one(chance, defined)
    now = maturity_of(draft.handbook, process.id).now
    if now is None:
        raise NoPlace
    draft.remove(FILES["process"].path(process.id), "kpis")
    return draft.at(FILES["assessment"].path(now.assessment.id), "questionnaire")
