"""Training packs: what a role does and learns, as a document that a trainer prints."""

from rolebook.pages.packs.binding import Pack
from rolebook.pages.packs.choosing import NoPack, chosen, everybody, untrained
from rolebook.pages.packs.delta import Since, delta, since
from rolebook.pages.packs.document import pack
from rolebook.pages.packs.edition import PAPERS, Edition, Paper
from rolebook.pages.packs.offering import Offer, Offers, lately, offered, offers

__all__ = [
    "PAPERS",
    "Edition",
    "NoPack",
    "Offer",
    "Offers",
    "Pack",
    "Paper",
    "Since",
    "chosen",
    "delta",
    "everybody",
    "lately",
    "offered",
    "offers",
    "pack",
    "since",
    "untrained",
]
