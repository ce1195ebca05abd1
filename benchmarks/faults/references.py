"""Family 1: what is named does not exist, is out of use, or has an id or a name that is taken."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.slips import UNFINISHED
from rolebook.model.catalogue import FILES, ids_by_file, path_of, things
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.raci import Role
from rolebook.model.values import PAGE_LINK
from rolebook.source import Text


def _references(handbook: Handbook) -> list[Reference]:
    """What is neither a line of a matrix (RB208) nor a hand-off (RB302), nor on a page."""
    return [
        reference
        for reference in handbook.references
        if reference.ref is not PAGE_LINK
        and not (reference.ref.local and reference.text.span.path.startswith(FILES["matrix"].folder))
        and reference.ref.kinds != ("hand-off",)
    ]


def _place(text: Text) -> Place:
    return Place(text.span.path, text.span.line)


@plants("RB101", "a reference is misspelt")
def misspelt_reference(draft: Draft, chance: random.Random) -> Place:
    text = one(chance, [r.text for r in _references(draft.handbook) if len(r.text) > 8]).strip()
    reference = one(chance, [r.text for r in _references(draft.handbook) if r.text == text])
    at = chance.randrange(len(reference) - 4, len(reference) - 1)
    written = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]
    if written == reference or "-" in reference[at : at + 2]:
        raise NoPlace
    draft.replace(reference.span, written)
    return _place(reference)


@plants("RB101", "something is named that there is not")
def unknown_reference(draft: Draft, chance: random.Random) -> Place:
    text = one(chance, _references(draft.handbook)).text
    draft.replace(text.span, "nothing-of-the-kind")
    return _place(text)


@plants("RB101", "something is named that its process does not have")
def unknown_part(draft: Draft, chance: random.Random) -> Place:
    processes = draft.handbook.processes
    texts = [r.text for r in _references(draft.handbook) if r.text.partition("/")[0] in processes and "/" in r.text]
    text = one(chance, texts)
    draft.replace(text.span, f"{text.partition('/')[0]}/nothing-of-the-kind")
    return _place(text)


@plants("RB101", "what is taken comes from a process that is misspelt or not there")
def unknown_giver(draft: Draft, chance: random.Random) -> Place:
    text = one(chance, [r.text for r in draft.handbook.references if r.ref.kinds == ("hand-off",)])
    giver, _, local = text.partition("/")
    draft.replace(text.span, f"{one(chance, (giver + 's', 'nothing-of-the-kind'))}/{local}")
    return _place(text)


def _retired(draft: Draft, chance: random.Random, text: Text) -> Place:
    retired = one(chance, [role.id for role in draft.handbook.roles.values() if role.status == "retired"])
    draft.replace(text.span, retired)
    return _place(text)


@plants("RB102", "a retired role is consulted or informed")
def retired_role(draft: Draft, chance: random.Random) -> Place:
    rows = [row for matrix in draft.handbook.matrices.values() for row in matrix.rows]
    return _retired(draft, chance, one(chance, [role for row in rows for role in (*row.consulted, *row.informed)]))


@plants("RB102", "a retired role is responsible or accountable")
def retired_and_still_at_work(draft: Draft, chance: random.Random) -> Place:
    rows = [row for matrix in draft.handbook.matrices.values() for row in matrix.rows]
    return _retired(draft, chance, one(chance, [role for row in rows for role in (*row.responsible, *row.accountable)]))


@plants("RB102", "a merged role stands for its successor")
def merged_role(draft: Draft, chance: random.Random) -> Place:
    handbook = draft.handbook
    merged = one(chance, [role for role in handbook.roles.values() if role.merged_into and role.status == "merged"])
    texts = [r.text for r in _references(handbook) if r.text == merged.merged_into and r.home != merged.id]
    text = one(chance, texts)
    if any(job.approval and job.approval.approved_by.span == text.span for job in handbook.jobs.values()):
        raise NoPlace
    draft.replace(text.span, merged.id)
    return _place(text)


@plants("RB103", "a role is also called nearly like another one")
def similar_role_name(draft: Draft, chance: random.Random) -> Place:
    active = [role for role in draft.handbook.roles.values() if role.active]
    other = one(chance, active[:-1])
    role = one(chance, active[active.index(other) + 1 :])
    path = path_of("role", role.id)
    draft.set(path, "aliases", text=f"[{other.name}s]")
    return draft.at(path, "aliases")


@plants("RB104", "a text still speaks of a role that is out of use")
def leftover_mention(draft: Draft, chance: random.Random) -> Place:
    former = one(chance, [role for role in draft.handbook.roles.values() if not role.active])
    texts = [
        text
        for text in draft.handbook.texts
        if text.inset == 0
        and text.endswith(".")
        and text.span.path.endswith(".yaml")
        and not text.span.path.startswith(FILES["improvement"].folder)
    ]
    text = one(chance, texts)
    if text.span.path in [path_of("role", r.id) for r in draft.handbook.roles.values() if not r.active]:
        raise NoPlace
    draft.replace(text.span, f"{text} The {former.name} knows.")
    return _place(text)


@plants("RB104", "a text calls a role by the name of an id that it had before")
def leftover_of_a_renamed_role(draft: Draft, chance: random.Random) -> Place:
    role = _active(draft, chance)
    texts = [text for text in draft.handbook.texts if text.inset == 0 and text.endswith(".")]
    elsewhere = (FILES["improvement"].folder, FILES["page"].folder, "raci/roles/")
    text = one(chance, [t for t in texts if not t.span.path.startswith(elsewhere)])
    draft.append(path_of("role", role.id), "formerly", text="keeper-of-the-lamp")
    draft.replace(text.span, f"{text} The keeper of the lamp knows.")
    return _place(text)


@plants("RB104", "an improvement that is under way still speaks of a role that is out of use")
def leftover_in_an_improvement(draft: Draft, chance: random.Random) -> Place:
    former = one(chance, [role for role in draft.handbook.roles.values() if not role.active])
    about = {f"role:{former.id}", f"role:{former.merged_into}"}
    begun = [
        improvement
        for improvement in draft.handbook.improvements.values()
        if improvement.status in UNFINISHED
        and about.isdisjoint({*improvement.adds, *improvement.changes, *improvement.removes})
    ]
    step = one(chance, one(chance, begun).approach)
    if step.inset != 0 or not step.endswith("."):
        raise NoPlace
    draft.replace(step.span, f"{step} The {former.name} knows.")
    return _place(step)


@plants("RB105", "something is declared and never used")
def unused(draft: Draft, chance: random.Random) -> Place:
    id = f"kept-for-nobody-{chance.randrange(100)}"
    said = "name: Kept for nobody"
    organisation, functions = path_of("organisation", ""), path_of("functions", "")
    process = path_of("process", one(chance, sorted(draft.handbook.processes)))
    head = one(chance, draft.handbook.units.functions).head
    path, key, rest = one(
        chance,
        [
            (organisation, "areas", f"{said}, description: None."),
            (organisation, "objectives", f"{said}, description: None., horizon: long-term"),
            (organisation, "policies", f"{said}, says: Nobody keeps it."),
            (organisation, "outside", f"{said}, description: None."),
            (functions, "functions", f"{said}, purpose: None., head: {head}"),
            (functions, "role_kinds", f"{said}, purpose: None., duties: None."),
            (process, "records", f"{said}, holds: Nothing., kept_for: A day"),
        ],
    )
    draft.append(path, key, text=f"{{id: {id}, {rest}}}")
    return draft.at(path, key, id)


@plants("RB105", "a role is named nowhere")
def unused_role(draft: Draft, chance: random.Random) -> Place:
    function = one(chance, sorted(draft.handbook.functions))
    path = path_of("role", f"keeper-of-nothing-{chance.randrange(100)}")
    draft.put(path, f"name: Keeper of Nothing\nfunction: {function}\npurpose: Keeps nothing.\n")
    return Place(path, 1)


@plants("RB106", "an id is taken in its file")
def duplicate_id(draft: Draft, chance: random.Random) -> Place:
    ids = one(chance, [ids for ids in ids_by_file(draft.handbook) if ids])
    taken = one(chance, ids)
    path = taken.span.path
    if path.startswith(FILES["process"].folder):
        key, rest = "records", "name: Another, holds: More., kept_for: A day"
    elif path == path_of("glossary", ""):
        key, rest = "terms", "name: another word, means: More."
    elif path == path_of("functions", ""):
        key, rest = "role_kinds", "name: Another, purpose: More., duties: More."
    elif path == path_of("organisation", "") and taken in [a.id for a in draft.handbook.organisation.policies]:
        key, rest = "policies", "name: Another, says: More."
    else:
        raise NoPlace
    draft.append(path, key, text=f"{{id: {taken}, {rest}}}")
    last = len(getattr(draft.node(path, key), "items", ())) - 1
    return draft.at(path, key, last)


@plants("RB107", "an id is used that something else had before")
def reserved_id(draft: Draft, chance: random.Random) -> Place:
    kind = one(chance, ("role", "job", "plan", "process", "activity", "function", "kpi"))
    all_of_kind = [thing for thing in things(draft.handbook) if thing.kind == kind]
    now = one(chance, all_of_kind)
    other = one(chance, [thing for thing in all_of_kind if thing.owner == now.owner and thing.id != now.id])
    path = path_of(kind, other.reference)
    within = {"activity": "activities", "kpi": "kpis", "function": "functions"}.get(kind)
    steps = (within, str(other.id)) if within else ()
    draft.append(path, *steps, "formerly", text=str(now.id))
    if within is None or now.id.span.path != path:
        return _place(now.id)
    return draft.at(path, within, str(now.id), "id")


@plants("RB107", "two things had the same id before")
def former_id_twice(draft: Draft, chance: random.Random) -> Place:
    roles = sorted(draft.handbook.roles)
    first, second = sorted(chance.sample(roles, 2))
    for role in (first, second):
        draft.append(path_of("role", role), "formerly", text="called-so-once")
    return draft.at(path_of("role", second), "formerly")


def _former_role(draft: Draft, chance: random.Random, lines: str) -> str:
    function = one(chance, sorted(draft.handbook.functions))
    path = path_of("role", f"former-keeper-{chance.randrange(100)}")
    draft.put(path, f"name: Former Keeper\n{lines}function: {function}\npurpose: Kept things.\n")
    return path


def _active(draft: Draft, chance: random.Random) -> Role:
    return one(chance, [role for role in draft.handbook.roles.values() if role.active])


@plants("RB108", "a merged role names no successor")
def merged_into_nobody(draft: Draft, chance: random.Random) -> Place:
    path = _former_role(draft, chance, "status: merged\n")
    return draft.key(path, "status")


@plants("RB108", "a role that is not merged names a successor")
def retired_into_somebody(draft: Draft, chance: random.Random) -> Place:
    path = _former_role(draft, chance, f"status: retired\nmerged_into: {_active(draft, chance).id}\n")
    return draft.key(path, "merged_into")


@plants("RB108", "a role was merged into itself in the end")
def merged_in_a_loop(draft: Draft, chance: random.Random) -> Place:
    path = _former_role(draft, chance, "status: merged\nmerged_into: PLACEHOLDER\n")
    id = path.rpartition("/")[2].removesuffix(".yaml")
    draft.write(path, "merged_into", text=id)
    return draft.key(path, "merged_into")


@plants("RB109", "two activities of a process have the same name")
def same_activity_name(draft: Draft, chance: random.Random) -> Place:
    process = draft.handbook.processes[one(chance, sorted(draft.handbook.processes))]
    first, second = sorted(chance.sample(range(len(process.activities)), 2))
    name = process.activities[second].name
    draft.replace(name.span, process.activities[first].name)
    return _place(name)


@plants("RB109", "two jobs, plans or processes have the same name")
def same_name(draft: Draft, chance: random.Random) -> Place:
    kind = one(chance, ("job", "plan", "process"))
    names = [thing.name for thing in things(draft.handbook) if thing.kind == kind]
    first, second = sorted(chance.sample(range(len(names)), 2))
    name = names[second]
    assert isinstance(name, Text)
    draft.replace(name.span, names[first])
    return _place(name)
