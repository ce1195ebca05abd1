"""Courses for learning systems: what is in a package, for whom, and what keeps one from being made."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from markupsafe import escape

from rolebook.loading import load
from rolebook.model.coverage import modules_by_role, must_know, parts
from rolebook.model.handbook import Handbook
from rolebook.model.training import Question, TrainingModule, TrainingPlan
from rolebook.pages.packs import Edition, NoPack, everybody, pack, untrained
from rolebook.pages.scorm import Course, course, wanted
from rolebook.pages.scorm.order import in_order
from rolebook.publishing.scorm.package import package
from rolebook.rendering import Look
from rolebook.source import Span, Text
from tests.conftest import ROOT, Result
from tests.site.hostile import TEXTS

Rolebook = Callable[..., Result]
ENGLISH = Look()
SPACES = {
    "": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "imsmd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
}
SCORM_TYPE = f"{{{SPACES['adlcp']}}}scormtype"
WEEKS = "raci/training_plans/first-weeks.yaml"
QUESTION = "question: Who closes a ticket?\n        answer: The agent who logged it.\n"


@cache
def reference() -> Handbook:
    return load(ROOT).handbook


def roles() -> list[str]:
    return [role for role in everybody(reference()) if untrained(reference(), role) is None]


def modules() -> list[str]:
    return [f"{plan.id}/{module.id}" for plan in reference().plans.values() for module in plan.modules]


def made(name: str, handbook: Handbook | None = None, look: Look = ENGLISH) -> Course:
    there = handbook or reference()
    return course(there, wanted(there, name), look)


def packed(name: str, handbook: Handbook | None = None, look: Look = ENGLISH) -> dict[str, bytes]:
    """The files of a package by their paths."""
    return contents(package(made(name, handbook, look), look))


def contents(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {path: archive.read(path) for path in archive.namelist()}


def manifest(files: dict[str, bytes]) -> ElementTree.Element:
    return ElementTree.fromstring(files["imsmanifest.xml"])


def items(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The items that lead to a page, in order."""
    return [item for item in root.iterfind(".//item", SPACES) if "identifierref" in item.attrib]


def chosen(question: str, answer: str, *wrong: str) -> Question:
    there = Span.of_file("x")
    texts = (Text(text, there) for text in (question, answer))
    return Question(
        question=next(texts), answer=next(texts), wrong=tuple(Text(text, there) for text in wrong), span=there
    )


# What a package consists of


@pytest.mark.parametrize("name", [*roles(), *modules()[::7]])
def test_the_manifest_lists_each_file_and_no_other(name: str) -> None:
    files = packed(name)
    listed = [file.get("href", "") for file in manifest(files).iterfind(".//file", SPACES)]
    assert sorted(listed) == sorted(files.keys() - {"imsmanifest.xml"})
    assert next(iter(files)) == "imsmanifest.xml"


@pytest.mark.parametrize("name", [*roles(), *modules()[::7]])
def test_identifiers_are_names_of_xml_and_lead_somewhere(name: str) -> None:
    root = manifest(packed(name))
    identifiers = [element.attrib["identifier"] for element in root.iter() if "identifier" in element.attrib]
    assert len(set(identifiers)) == len(identifiers)
    assert [one for one in identifiers if not re.fullmatch(r"[a-z][a-z0-9_]*", one)] == []
    resources = {one.attrib["identifier"]: one for one in root.iterfind(".//resource", SPACES)}
    for item in items(root):
        resource = resources[item.attrib["identifierref"]]
        assert resource.get(SCORM_TYPE) == "sco"
        assert [one.get("href") for one in resource.iterfind("file", SPACES)] == [resource.get("href")]
    used = {one.get("identifierref") for one in root.iterfind(".//dependency", SPACES)}
    assert [resources[str(one)].get(SCORM_TYPE) for one in used] == ["asset"]


def test_the_manifest_says_what_the_course_is() -> None:
    root = manifest(packed("service-desk-analyst"))
    said = [root.findtext(f"metadata/{tag}", namespaces=SPACES) for tag in ("schema", "schemaversion")]
    assert said == ["ADL SCORM", "1.2"]
    title = root.findtext(".//imsmd:title/imsmd:langstring", namespaces=SPACES)
    assert title == "Training of the role Service Desk Analyst"
    assert root.findtext(".//imsmd:language", namespaces=SPACES) == "en"
    version = root.findtext(".//imsmd:version/imsmd:langstring", namespaces=SPACES) or ""
    assert [*reference().releases][-1] in version
    assert root.findtext("organizations/organization/title", namespaces=SPACES) == f"{title} ({version})"


@pytest.mark.parametrize("role", roles())
def test_a_role_is_taught_each_of_its_modules_once_behind_what_they_ask_for(role: str) -> None:
    its = {f"{plan.id}/{module.id}": (plan, module) for plan, module in modules_by_role(reference())[role]}
    root = manifest(packed(role))
    pages = {page.names.file: page.names.reference for page in made(role).pages}
    assert sorted(pages.values()) == sorted(its)
    hrefs = {one.attrib["identifier"]: one.get("href", "") for one in root.iterfind(".//resource", SPACES)}
    before: dict[str, str] = {}
    for item in items(root):
        reference_ = pages[hrefs[item.attrib["identifierref"]]]
        plan, module = its[reference_]
        asked = {f"{plan.id}/{one}" for one in module.prerequisites} & its.keys()
        script = item.find("adlcp:prerequisites", SPACES)
        assert asked <= before.keys()
        written = "" if script is None else script.text
        assert written == "&".join(before[f"{plan.id}/{one}"] for one in module.prerequisites if before.keys() & asked)
        before[reference_] = item.attrib["identifier"]


def plan(id: str, modules: dict[str, list[str]], *before: str) -> tuple[TrainingPlan, list[TrainingModule]]:
    there = Span.of_file("x")

    def text(word: str) -> Text:
        return Text(word, there)

    made = [
        TrainingModule(
            id=text(one),
            name=text(one),
            minutes=1,  # type: ignore[arg-type]
            teaches=(),
            objectives=(),
            content=(),
            prerequisites=tuple(map(text, asked)),
            span=there,
        )
        for one, asked in modules.items()
    ]
    about = {"name": text(id), "owner": text("x"), "purpose": text("x"), "prerequisites": tuple(map(text, before))}
    return TrainingPlan(id=text(id), modules=tuple(made), span=there, **about), made  # type: ignore[arg-type]


def test_nothing_is_moved_but_what_stands_before_its_prerequisites() -> None:
    last, its = plan("last", {"c": ["b"], "a": [], "b": ["elsewhere"], "d": ["a"]}, "first", "not-here")
    first, own = plan("first", {"e": []})
    ordered = in_order([*((last, one) for one in its), *((first, one) for one in own)])
    told = [(str(one.id), [str(module.id) for module in modules]) for one, modules in ordered]
    assert told == [("first", ["e"]), ("last", ["a", "b", "c", "d"])]


def test_a_package_is_the_same_wherever_it_is_made(reference: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    other = shutil.copytree(reference, tmp_path / "elsewhere")
    for folder in (reference, other):
        assert rolebook("-C", folder, "export", "scorm", "service-desk-analyst").code == 0
    name = "scorm/service-desk-analyst.zip"
    assert (reference / name).read_bytes() == (other / name).read_bytes()
    with ZipFile(reference / name) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", roles())
def test_paths_stay_in_the_package_and_are_names_everywhere(name: str) -> None:
    paths = [path for path in packed(name) if path not in ("imsmanifest.xml", "index.html")]
    assert [path for path in paths if not re.fullmatch(r"(shared|modules)/[a-z0-9-]+\.(html|js|css)", path)] == []


# What a page tells


@pytest.mark.parametrize("role", roles())
def test_a_page_has_the_steps_of_what_its_role_does_and_names_what_others_do(role: str) -> None:
    own = {part.reference for part in parts(reference()).get(role, ())}
    for page in made(role).pages:
        plan, _, module = page.names.reference.partition("/")
        taught = next(one for one in reference().plans[plan].modules if one.id == module).teaches
        for process, activity in reference().activities():
            reference_ = f"{process.id}/{activity.id}"
            if reference_ in taught:
                assert (f"<h3>{escaped(activity.name)}</h3>" in page.body) == (reference_ in own)
                assert escaped(activity.name) in page.body
            if reference_ in taught and reference_ in own:
                assert [step for step in activity.steps if f"<li>{escaped(step)}</li>" not in page.body] == []


def test_whoever_answers_for_a_process_learns_its_activities() -> None:
    role = next(role for role in roles() if answers_only(role))
    body = "".join(page.body for page in made(role).pages)
    assert [name for name in answers_only(role) if f"<h3>{escaped(name)}</h3>" not in body] == []


def answers_only(role: str) -> list[str]:
    """The names of the activities that a role learns by a process, since it only answers for them."""
    taught = {what for _, module in modules_by_role(reference())[role] for what in module.teaches}
    own = [part for part in parts(reference()).get(role, ()) if must_know(part) and "R" not in part.involvements]
    return [str(p.activity.name) for p in own if p.process.id in taught and p.reference not in taught]


def escaped(text: str) -> str:
    return f"{escape(text)}"


def test_the_page_of_a_module_says_who_does_what(given: Path) -> None:
    handbook = load(given).handbook
    plan = handbook.plans["first-weeks"]
    body = made(f"first-weeks/{plan.modules[0].id}", handbook).pages[0].body
    assert "For the role" not in body
    assert re.search(r"<b>R</b> \w", body)


def test_answers_that_were_kept_belong_to_the_same_questions_alone(given: Path) -> None:
    def kept() -> str:
        name = f"first-weeks/{load(given).handbook.plans['first-weeks'].modules[0].id}"
        found: list[str] = re.findall('data-questions="([0-9a-f]+)"', made(name, load(given).handbook).pages[0].body)
        return found[0]

    before = kept()
    text = (given / WEEKS).read_text()
    (given / WEEKS).write_text(text.replace("minutes: ", "minutes: 1", 1))
    assert kept() == before
    (given / WEEKS).write_text(text.replace("answer: ", "answer: Perhaps ", 1))
    assert kept() != before


# Questions with answers to choose from


def test_the_right_answer_stands_anywhere_and_always_there() -> None:
    places = set()
    for number in range(40):
        question = chosen(f"Question {number}?", "Right.", "Wrong.", "Not right.", "False.")
        again = chosen(f"Question {number}?", "Right.", "False.", "Wrong.", "Not right.")
        assert question.choices == again.choices
        assert sorted(question.choices) == ["False.", "Not right.", "Right.", "Wrong."]
        places.add(question.choices.index(question.answer))
    assert places == {0, 1, 2, 3}


def test_a_question_without_wrong_answers_has_nothing_to_choose_from() -> None:
    assert chosen("Why?", "Because.").choices == ()


def test_the_pack_for_participants_tells_the_choices_and_that_for_trainers_which_is_right(given: Path) -> None:
    text = (given / WEEKS).read_text()
    first = re.search(r"( +)answer: (.*)\n", text)
    assert first
    wrong = f"{first[0]}{first[1]}wrong: [Nobody does, The moon does]\n"
    (given / WEEKS).write_text(text.replace(first[0], wrong, 1))
    handbook = load(given).handbook
    plan = handbook.plans["first-weeks"]
    role = next(role for role, its in modules_by_role(handbook).items() if (plan, plan.modules[0]) in its)
    mine, theirs = (pack(handbook, role, Edition(for_trainer=yes), ENGLISH, None).body for yes in (False, True))
    shown = re.findall(r'<span class="box"></span>([^<\n]+)</li>', mine)
    assert {"Nobody does", "The moon does", first[2]} <= {*shown}
    assert f"<b>{first[2]}</b> (right)" in theirs
    assert "(right)" not in mine
    assert "Nobody does</li>" in theirs


# Text from strangers


class Elements(HTMLParser):
    """What a page consists of: its elements, their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def put(text: str, pattern: str, new: str) -> str:
    """A text with something else, as it stands, wherever the pattern is found."""
    assert re.search(pattern, text, re.MULTILINE)
    return re.sub(pattern, lambda _: new, text, flags=re.MULTILINE)


def hostile(given: Path) -> Iterator[tuple[str, str]]:
    """The kind of each hostile text, which stands for every text of a module and its plan."""
    clean = (given / WEEKS).read_text()
    for kind, text in TEXTS.items():
        quoted = json.dumps(text, ensure_ascii=False)
        question = f"[{{question: {quoted}, answer: {quoted}, wrong: [{json.dumps(text + ' 2', ensure_ascii=False)}]}}]"
        new = put(clean, r"^name: .*$", f"name: {quoted}")
        new = put(new, r"^purpose: .*$", f"purpose: {quoted}")
        new = put(new, r"^    name: .*$", f"    name: {quoted}")
        new = put(new, r"^    questions:\n(?:      .*\n)+", f"    questions: {question}\n")
        (given / WEEKS).write_text(new, "utf-8")
        yield kind, text


def test_whatever_is_written_is_text_in_every_file(given: Path) -> None:
    handbook = load(given).handbook
    name = f"first-weeks/{handbook.plans['first-weeks'].modules[0].id}"
    clean = Elements(packed(name, handbook)[next(iter(made(name, handbook).pages)).names.file].decode())
    count = 0
    for kind, text in hostile(given):
        files = packed(name, load(given).handbook)
        root, page = manifest(files), Elements(next(files[path] for path in files if "modules/" in path).decode())
        assert page.tags <= clean.tags | {"label", "input", "textarea"}, kind
        assert page.names <= clean.names | {"value", "name", "type", "data-right", "for", "rows"}, kind
        assert page.text.count(text) >= 5, kind
        title = root.findtext(".//item/title", namespaces=SPACES) or ""
        assert title == (text if len(text) <= 200 else f"{text[:199]}…"), kind
        scripts = {path: data for path, data in files.items() if path.endswith(".js")}
        assert scripts == {path: packed(name, handbook)[path] for path in scripts}, kind
        count += 1
    assert count == len(TEXTS)


def test_a_page_may_ask_nobody_for_anything() -> None:
    for path, data in packed("service-desk-analyst").items():
        text = data.decode()
        assert not re.search(r"""(?:src|href|url\(|fetch\(|import\s)[=("']*\s*["']?(?:https?:)?//""", text), path
        if path.endswith(".html"):
            assert "default-src &#39;none&#39;" in text


# Languages


def test_pages_and_scripts_speak_the_language_of_the_handbook() -> None:
    german = packed("service-desk-analyst", look=Look("de"))
    assert "shared/words.js" in german
    words = json.loads(german["shared/words.js"].decode().partition(" = ")[2].strip().removesuffix(";"))
    said = re.findall(r'\bsay\("([^"]+)"', german["shared/module.js"].decode())
    assert len(said) > 10
    assert sorted({*said} - words.keys()) == []
    page = next(data for path, data in german.items() if path.startswith("modules/")).decode()
    assert '<html lang="de">' in page
    assert "Was ich lerne" in page
    assert page.index("shared/words.js") < page.index("shared/module.js")
    assert "shared/words.js" not in packed("service-desk-analyst")


# Who can have one, and where it comes to lie


def exported(rolebook: Rolebook, folder: Path, *arguments: str | Path) -> Result:
    return rolebook("-C", folder, "export", "scorm", *arguments)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("agnet", "there is no role or module 'agnet'; did you mean 'agent'?"),
        ("first-weeks/report", "there is no module 'first-weeks/report'; did you mean 'first-weeks/reports'?"),
        ("anywhere/reports", "did you mean 'first-weeks/reports'?"),
        ("reports", "did you mean 'first-weeks/reports'?"),
        ("zzz", "write PLAN/MODULE for a module"),
        ("first-weeks", "'first-weeks' is a training plan; name one of its modules: 'first-weeks/reports'"),
        ("../../etc", "there is no module '../../etc'"),
    ],
)
def test_a_name_that_nothing_has(name: str, told: str, given: Path, rolebook: Rolebook) -> None:
    result = exported(rolebook, given, name)
    assert result.code == 2
    assert told in result.err
    assert not (given / "scorm").exists()


def test_a_role_that_no_plan_trains_is_told_which_file_to_write(given: Path) -> None:
    text = (given / "raci/roles/agent.yaml").read_text()
    (given / "raci/roles/newcomer.yaml").write_text(put(text, "^name: .*$", "name: Newcomer"))
    with pytest.raises(NoPack, match=r"no training plan has a module for 'newcomer': .*training_plans/newcomer\.yaml"):
        wanted(load(given).handbook, "newcomer")


def test_several_courses_lie_in_the_folder_beside_those_of_other_runs(given: Path, rolebook: Rolebook) -> None:
    assert exported(rolebook, given, "agent").out.startswith(f"{given / 'scorm' / 'agent.zip'}: Training of the role")
    assert exported(rolebook, given, "first-weeks/reports", "specialist", "specialist").code == 0
    names = sorted(path.name for path in (given / "scorm").iterdir() if not path.name.startswith("."))
    assert names == ["agent.zip", "first-weeks--reports.zip", "specialist.zip"]


def test_a_course_may_be_one_file(given: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    file = tmp_path / "course.zip"
    for name in ("agent", "specialist"):
        assert exported(rolebook, given, name, "--output", file).code == 0
        assert manifest(contents(file.read_bytes())).get("identifier") == f"rolebook_role_{name}"
    assert [path.name for path in tmp_path.iterdir() if "course" in path.name] == ["course.zip"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("there.zip", "is there, and is no package of SCORM"),
        ("given/raci/course.zip", "lies in raci/, which only people write to"),
        ("missing/course.zip", "no such file or directory"),
        ("given/raci/courses", "lies in raci/, which only people write to"),
        ("foreign", "Rolebook did not make it"),
    ],
)
def test_what_is_not_ours_stays(place: str, told: str, given: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    (tmp_path / "there.zip").write_text("mine")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign/letter.txt").write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = exported(rolebook, given, "agent", "--output", tmp_path / place)
    assert result.code == 2
    assert told in result.err.lower() or told in result.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_one_file_takes_one_course(given: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    result = exported(rolebook, given, "agent", "specialist", "--output", tmp_path / "course.zip")
    assert (result.code, "name a folder for several" in result.err) == (2, True)


def test_a_handbook_with_errors_has_no_courses(given: Path, rolebook: Rolebook) -> None:
    text = (given / WEEKS).read_text()
    (given / WEEKS).write_text(text.replace("owner: ", "owner: nobody-", 1))
    result = exported(rolebook, given, "agent")
    assert (result.code, "RB101" in result.out, (given / "scorm").exists()) == (1, True, False)


def test_a_format_that_was_mistyped_is_offered(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "export", "scrom", "agent")
    assert (result.code, "there is no format 'scrom'. Did you mean 'scorm'?" in result.err) == (2, True)
