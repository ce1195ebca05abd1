"""The texts of the files that `handbooks` writes."""

from collections.abc import Iterator

ACTIVITIES = ("register", "assess", "plan", "prepare", "carry-out", "verify", "report", "close")
MANAGERS = 5
"""So many managers share the processes of a team: two each, and so sixteen activities to answer for."""

_APPROVAL = "approval: {approved_by: director, approved: 2026-02-02, next_review: 2096-02-02}\n"


def organisation() -> str:
    """One area, two objectives, one policy and the parties outside."""
    return """\
name: Large Works
handbook: Handbook of many processes
vision: Everybody finds what they need, however large the handbook becomes.
currency: EUR
areas:
  - id: operations
    name: Operations
    description: All that is done every day.
objectives:
  - id: in-time
    name: Deliver in time
    description: Nine of ten orders leave on the day that was promised.
    horizon: long-term
  - id: fewer-returns
    name: Fewer returns
    description: Less than one order in a hundred comes back this year.
    horizon: this-year
policies:
  - id: one-record
    name: One record
    says:
      - Every order has one record, and all that happens to it stands there.
outside:
  - id: customer
    name: Customer
    description: Whoever orders something and pays for it.
  - id: board
    name: Board
    description: Those who appoint the director.
"""


def glossary(terms: int) -> str:
    """So many terms."""
    entries = (
        f"  - id: term-{n}\n    name: term {n}\n    means: What order book {n} calls its own.\n" for n in range(terms)
    )
    return "terms:\n" + "".join(entries)


def functions(teams: int) -> str:
    """The whole works, and a unit for each team."""
    text = "functions:\n  - id: works\n    name: The works\n    purpose: Make and deliver.\n    head: director\n"
    for team in range(teams):
        text += (
            f"  - id: t{team}\n    name: Team {team}\n    purpose: Sees to the orders of book {team}.\n"
            f"    head: t{team}-manager-0\n    part_of: works\n"
        )
    return text


def manager(number: int, team: int) -> str:
    """The role that owns a process."""
    return f"t{team}-manager-{number % MANAGERS}"


def specialist(activity: int, team: int) -> str:
    """The role that does the activity at a position of every process."""
    return f"t{team}-specialist-{activity % 2}"


def process(number: int, team: int, processes: int) -> str:
    """A process with eight activities, a branch, a loop, records, controls and KPIs; it gives to the next process."""
    id = f"process-{number}"
    following = f"process-{(number + 1) % processes}" if processes > 1 else "outside/board"
    text = f"# Orders of kind {number}, from the first word until they are paid.\nname: Order handling {number}\n"
    text += f"area: operations\nowner: {manager(number, team)}\n"
    text += f"purpose: >-\n  Bring each order of kind {number} to the customer as promised,\n"
    text += "  and learn from those that were late.\n"
    text += "objectives: [in-time, fewer-returns]\npolicies: one-record\n"
    text += f"triggers:\n  - A customer orders something of kind {number}.\n"
    text += f"takes:\n  - id: order-{number}\n    from: outside/customer\n"
    text += f"    name: Order of kind {number}\n    at: register\n"
    if processes > 1:
        text += f"  - what: process-{(number - 1) % processes}/result\n    at: assess\n"
    text += "activities:\n"
    for position, activity in enumerate(ACTIVITIES):
        text += f"  - id: {activity}\n    name: {activity.capitalize().replace('-', ' ')} order {number}\n    steps:\n"
        for step in range(4):
            text += f"      - See in order book {number} what line {position * 4 + step} asks for, and do it at once.\n"
        if activity == "verify":
            text += f"    next:\n      - when: Something of order {number} is missing\n"
            text += "        go_to: carry-out\n      - otherwise: report\n"
        text += "    records: [order-record, quality-record]\n    tools:\n      - Order system\n"
    text += f"hands_over:\n  - id: result\n    name: Result of order {number}\n    to: {following}\n    after: close\n"
    text += "kpis:\n"
    for kpi, better, target in (("lead-time", "lower", 4), ("share-in-time", "higher", 95)):
        text += (
            f"  - id: {kpi}\n    name: {kpi.replace('-', ' ').capitalize()} of orders {number}\n"
            f"    counts: Days from order to delivery in book {number}.\n    counted_from: {id}/order-record\n"
            f"    unit: days\n    better: {better}\n    measured_every: month\n    objective: in-time\n"
            f"    owner: {manager(number, team)}\n    lever: The plan of the week for book {number}.\n"
            f"    target: {{value: {target}, due: 2027-12-31}}\n"
        )
    text += (
        f"controls:\n  - id: second-look\n    name: Second look at order {number}\n"
        f"    ensures: Nothing of book {number} leaves before a second person has seen it.\n"
        "    at: verify\n    evidence: quality-record\n"
    )
    for record, name in (("order-record", "Order record"), ("quality-record", "Quality record")):
        text += "records:\n" if record == "order-record" else ""
        text += f"  - id: {record}\n    name: {name} {number}\n"
        text += f"    holds: All that happened to order {number}.\n    kept_for: Ten years\n"
    return text + _APPROVAL


def matrix(number: int, team: int) -> str:
    """The matrix of a process."""
    owner, first, second = manager(number, team), specialist(0, team), specialist(1, team)
    text = f"# Who does what with orders of kind {number}.\n"
    for position, activity in enumerate(ACTIVITIES):
        does, told = (first, second) if position % 2 == 0 else (second, first)
        informed = "[outside/customer, director]" if (number, activity) == (0, "report") else "outside/customer"
        text += f"{activity}: {{R: {does}, A: {owner}, C: {told}, I: {informed}}}\n"
    return text


def roles(team: str, members: range | None) -> Iterator[tuple[str, str]]:
    """The roles of a team as files; without members, the director."""
    if members is None:
        text = "name: Director\nfunction: works\npurpose: Leads the works.\nauthority:\n  - Approves documents.\n"
        yield "raci/roles/director.yaml", text
        return
    kinds = [(f"manager-{n}", "Manager") for n in range(min(MANAGERS, len(members)))]
    for id, name in (*kinds, ("specialist-0", "Specialist"), ("specialist-1", "Specialist")):
        text = f"name: {name} {team.upper()}{id[-1]}{id[0].upper()}\nfunction: {team}\n"
        text += f"purpose: Sees that the orders of {team} leave in time.\n"
        text += f"authority:\n  - Stops an order of {team}.\ncompetencies:\n  - Reads the order book of {team}.\n"
        yield f"raci/roles/{team}-{id}.yaml", text + "holders: {least: 2, most: 5}\n"


def jobs(team: str, members: range | None) -> Iterator[tuple[str, str]]:
    """The jobs of a team as files; without members, the director's."""
    if members is None:
        text = "name: Director of the works\nfunction: works\npurpose: Lead the works.\ncarries: director\nduties:\n"
        duty = "  - duty: Reads the reports of the first book to the board.\n    fulfils: process-0/report\n"
        approval = "approval: {approved_by: outside/board, approved: 2026-02-02, next_review: 2096-02-02}\n"
        yield "raci/job_descriptions/director.yaml", text + duty + approval
        return
    managers = [f"{team}-manager-{n}" for n in range(min(MANAGERS, len(members)))]
    for job, carried in (("lead", managers[:2]), ("coordinator", managers[2:])):
        owned = [n for n in members if f"{team}-manager-{n % MANAGERS}" in carried]
        duties = "".join(f"  - duty: Answers for order book {n}.\n    answers_for: process-{n}\n" for n in owned)
        if carried:
            yield _job(team, job, carried, "director", duties)
    duties = ""
    for number in members:
        for half in (ACTIVITIES[:4], ACTIVITIES[4:]):
            fulfils = ", ".join(f"process-{number}/{activity}" for activity in half)
            duties += f"  - duty: Sees to {half[0]} and what follows in book {number}.\n    fulfils: [{fulfils}]\n"
    yield _job(team, "specialist", [f"{team}-specialist-0", f"{team}-specialist-1"], f"{team}-lead", duties)


def _job(team: str, job: str, carried: list[str], superior: str, duties: str) -> tuple[str, str]:
    text = f"name: Order {job} {team.upper()}\nfunction: {team}\nreports_to: {superior}\n"
    text += f"purpose: Keeps the orders of {team} going.\ncarries: [{', '.join(carried)}]\nduties:\n{duties}"
    text += f"requirements:\n  - Three years with orders like those of {team}.\n{_APPROVAL}"
    return f"raci/job_descriptions/{team}-{job}.yaml", text


def plan(team: int, members: range) -> str:
    """The training plan of a team: two modules for each of its processes."""
    trained = [f"t{team}-manager-{n}" for n in range(min(MANAGERS, len(members)))]
    trained += [f"t{team}-specialist-0", f"t{team}-specialist-1"]
    text = f"name: Order handling in team {team}\nowner: t{team}-manager-0\n"
    text += f"purpose: Shows newcomers of team {team} how orders are handled.\nwho:\n  roles: [{', '.join(trained)}]\n"
    text += "when:\n  within_days: 30\n  every_months: 24\n"
    text += f"how:\n  formats: [classroom, exercise]\n  trainer: t{team}-manager-0\nmodules:\n"
    for number in members:
        for half, taught in enumerate((ACTIVITIES[:4], ACTIVITIES[4:])):
            teaches = ", ".join(f"process-{number}/{activity}" for activity in taught)
            text += (
                f"  - id: book-{number}-{half}\n    name: Book {number}, part {half + 1}\n    minutes: 60\n"
                f"    teaches: [{teaches}, process-{number}]\n"
                f"    objectives:\n      - Handle an order of book {number}.\n"
                f"    content:\n      - The lines of book {number}.\n    questions:\n"
                f"      - question: Who looks twice at an order of book {number}?\n        answer: A second person.\n"
            )
    return text


def improvement(team: int, members: range) -> str:
    """An improvement of a team that is under way."""
    first = members[0]
    return (
        f"name: Second look in team {team}\nstatus: in-progress\nowner: t{team}-manager-0\n"
        f"origin: The review of last year's returns in team {team}.\n"
        f"problem: Too many orders of team {team} come back.\n"
        f"approach:\n  - A second person looks at each order of team {team} before it leaves.\n"
        f"benefit: Fewer returns for team {team}.\nobjective: fewer-returns\n"
        f"adds:\n  - control:process-{first}/second-look\n"
        f"measured: {{kpi: process-{first}/lead-time, before: 2026-01, after: 2027-01}}\n"
        "approval: {approved_by: director, approved: 2026-02-02}\n"
    )
