"""The page of the organisation: its objectives, policies and standards, and the parties outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import Service, processes_keeping, serving
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Organisation, OutsideParty, Policy
from rolebook.model.process import Process
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, ORGANISATION, local_anchor
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """What the organisation aims at, keeps to and works with, and what serves that."""

    organisation: Organisation
    serving: tuple[Service, ...]
    policies: tuple[tuple[Policy, tuple[Process, ...]], ...]
    parties: tuple[tuple[OutsideParty, str], ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page of the organisation."""
    organisation, say = handbook.organisation, links.look.say
    view = OrganisationView(
        organisation=organisation,
        serving=tuple(serving(handbook)[objective.id] for objective in organisation.objectives),
        policies=tuple((policy, processes_keeping(handbook).get(policy.id, ())) for policy in organisation.policies),
        parties=tuple((party, local_anchor("outside", f"outside/{party.id}")) for party in organisation.outside),
    )
    yield compose(
        handbook,
        links,
        ORGANISATION,
        "organisation",
        view,
        _parts(view),
        title=INDEX_HEADINGS[ORGANISATION],
        description=say("What {name} aims at, the rules it keeps, and whom it works with.").format(
            name=organisation.name
        ),
        source=organisation.span,
    )


def _parts(view: OrganisationView) -> Iterator[Part]:
    yield Part("section_objectives", "Objectives")
    for objective, service in zip(view.organisation.objectives, view.serving, strict=True):
        about: dict[str, object] = {"objective": objective, "service": service}
        yield Part("objective", objective.name, objective.span, id=objective.id, level=3, about=about)
    yield Part("section_policies", "Policies")
    for policy, processes in view.policies:
        about = {"policy": policy, "processes": processes}
        yield Part("policy", policy.name, policy.span, id=policy.id, level=3, about=about)
    yield Part("section_standards", "Standards")
    for standard in view.organisation.standards:
        yield Part("standard", standard.name, standard.span, id=standard.id, level=3, about={"standard": standard})
    yield Part("section_outside", "Parties outside", view.parties[0][0].span if view.parties else None)
