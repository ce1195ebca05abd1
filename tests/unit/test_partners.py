"""Work that passes between activities: every route of a hand-off is told, with the roles at both ends."""

from pathlib import Path

from rolebook.loading import load
from rolebook.model.partners import passages_by_process, passages_by_role


def test_a_hand_off_with_several_routes_passes_on_each_of_them(given: Path) -> None:
    process = given / "process_defs/processes/incident.yaml"
    process.write_text(
        process.read_text(encoding="utf-8").replace("after: diagnose", "after: [diagnose, swarm]"), encoding="utf-8"
    )
    handbook = load(given).handbook
    taken = passages_by_process(handbook)["change"].taken
    assert [(passage.after, passage.givers, passage.at, passage.takers) for passage in taken] == [
        ("incident/diagnose", ("agent",), "change/assess", ("change-manager",)),
        ("incident/swarm", ("specialist", "incident-manager"), "change/assess", ("change-manager",)),
    ]


def test_a_role_takes_over_from_the_role_before_it_in_the_flow(given: Path) -> None:
    taken = passages_by_role(load(given).handbook)["specialist"].taken
    assert ("incident/diagnose", ("agent",), "incident/swarm") in [(p.after, p.givers, p.at) for p in taken]
