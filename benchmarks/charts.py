"""Processes that nobody would write, for benchmarks and tests of drawing: always the same for a seed."""

import random

from rolebook.drawing.shapes import END, Chart, Exit, Lane, Node

WORDS = (
    "Check the change",
    "otherwise",
    "A single point stops an essential service, or the calculated availability lies below the target",
    "x" * 300,
    "אם השירות עדיין אינו פועל",
    "🚒🚒🚒 fire",
    "変更を確認する",
    "</svg><script>alert(1)</script>",
)


def chart(seed: int) -> Chart:
    """5 to 40 activities of 2 to 9 roles, with branches, loops, hand-offs, and texts that are hard to set."""
    chance = random.Random(seed)
    lanes = tuple(Lane(chance.choice(WORDS), f"#{n}", str(n)) for n in range(chance.randint(2, 9)))
    count = chance.randint(5, 40)
    ids = [f"n{n}" for n in range(count)]

    def exits(place: int) -> tuple[Exit, ...]:
        below = ids[place + 1] if place + 1 < count else END
        match chance.randint(0, 5):
            case 0 | 1:
                return (Exit("", (below,)),)
            case 2:
                return (Exit("", (chance.choice([*ids, END]),)),)
            case 3:
                return (Exit("At the same time", tuple(chance.sample(ids, min(count, chance.randint(2, 4))))),)
            case _:
                cases = (
                    Exit(f"{chance.choice(WORDS)} {place}-{seed}", (chance.choice([*ids, END]),))
                    for _ in range(chance.randint(1, 6))
                )
                return (*cases, Exit("Otherwise", tuple(chance.sample([*ids, END], chance.randint(1, 2)))))

    def partners() -> tuple[str, ...]:
        return tuple(chance.choice(WORDS) for _ in range(chance.choice([0, 0, 0, 1, 2, 6])))

    nodes = (
        Node(
            id,
            chance.randrange(len(lanes)),
            f"{chance.choice(WORDS)} {place}-{seed}",
            f"#{id}",
            exits(place),
            small=chance.choice(["", WORDS[0], WORDS[3]]),
            starts=chance.choice([False, True]),
            comes=partners(),
            goes=partners(),
        )
        for place, id in enumerate(ids)
    )
    return Chart(lanes, tuple(nodes))
