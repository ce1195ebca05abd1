"""Hand-offs seen from both sides: what one process hands over, matched with where the other takes it."""

from rolebook.model.handbook import Handbook, derived
from rolebook.model.process import ANY_PROCESS, HandOff, Process, TakesFrom, TakesHandOff
from rolebook.model.raci import OUTSIDE
from rolebook.source import Text
from rolebook.value import value


@value()
class Transfer:
    """Something that passes from one side to the other.

    `giver` and `taker` are ids of processes, `outside/party` or `any-process`. `given` is the giving process's
    own entry and `taken` the taking one's; None where that side is no process of the handbook, or says nothing.
    """

    giver: str
    taker: str
    given: HandOff | None
    taken: TakesHandOff | TakesFrom | None

    @property
    def name(self) -> Text:
        """What passes."""
        if self.given is not None:
            return self.given.name
        if isinstance(self.taken, TakesFrom):
            return self.taken.name
        assert self.taken is not None
        return self.taken.what

    @property
    def after(self) -> tuple[Text, ...]:
        """The activities of the giving process that may end with it."""
        return self.given.after if self.given else ()

    @property
    def at(self) -> tuple[Text, ...]:
        """The activities of the taking process that may begin with it."""
        return self.taken.at if self.taken else ()


Side = tuple[Process, TakesHandOff | TakesFrom]


@derived
def transfers(handbook: Handbook) -> tuple[Transfer, ...]:
    """Everything that is handed over or taken, each once: in the order of the giving processes, then of the taking."""
    takers = _takers(handbook)
    matched: set[int] = set()
    found: list[Transfer] = []
    for process in handbook.processes.values():
        for given in process.hands_over:
            sides = [
                (taker, taken)
                for key in (f"{process.id}/{given.id}", f"{ANY_PROCESS}/{given.as_}")
                for taker, taken in takers.get(key, ())
                if given.to in (taker.id, ANY_PROCESS)
            ]
            matched.update(id(taken) for _, taken in sides)
            found += [Transfer(process.id, taker.id, given, taken) for taker, taken in sides]
            if not sides:
                found.append(Transfer(process.id, given.to, given, None))
    for process in handbook.processes.values():
        for taken in process.takes:
            if id(taken) not in matched:
                giver = taken.from_ if isinstance(taken, TakesFrom) else taken.what.partition("/")[0]
                found.append(Transfer(giver, process.id, None, taken))
    return tuple(found)


def _takers(handbook: Handbook) -> dict[str, list[Side]]:
    """What processes take: by `process/hand-off`, and by `any-process/id` what they take from any process."""
    found: dict[str, list[Side]] = {}
    for process in handbook.processes.values():
        for taken in process.takes:
            match taken:
                case TakesHandOff(what=what):
                    found.setdefault(what, []).append((process, taken))
                case TakesFrom(from_=source, id=id_) if source == ANY_PROCESS:
                    found.setdefault(f"{ANY_PROCESS}/{id_}", []).append((process, taken))
    return found


def one_sided(transfer: Transfer) -> bool:
    """Whether a process of the handbook is on either side without saying so."""
    if transfer.given is None:
        return isinstance(transfer.taken, TakesHandOff)
    return transfer.taken is None and not transfer.taker.startswith(OUTSIDE) and transfer.taker != ANY_PROCESS
