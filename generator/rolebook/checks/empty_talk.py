"""Words that fill a place and say nothing, in English and German."""

from rolebook.checks.likeness import plain, plain_words

PLACEHOLDERS = frozenset(
    {
        *("", "tbd", "tbc", "tba", "todo", "na", "n a", "none", "nil", "various", "several", "misc", "miscellaneous"),
        *("unknown", "unclear", "open", "pending", "later", "see above", "see below", "as above", "not applicable"),
        *("to be defined", "to be decided", "to be determined", "to be confirmed", "to be done", "not yet defined"),
        *("not yet known", "to follow", "depends", "it depends", "anything", "something", "value", "xx"),
        *("xxx", "offen", "noch offen", "unbekannt", "unklar", "diverse", "diverses", "verschiedene", "keine", "kein"),
        *("keins", "folgt", "folgt noch", "wird noch festgelegt", "wird noch definiert", "noch festzulegen", "später"),
        *("noch zu definieren", "zu definieren", "zu klären", "noch zu klären", "nicht bekannt", "siehe oben"),
        *("siehe unten", "entfällt", "k a", "ka", "keine angabe", "je nachdem", "wert", "einheit", "unit"),
    }
)
"""What is written where somebody did not know; in small letters and without marks."""
FILLING = frozenset(
    {
        *("a", "and", "all", "as", "at", "be", "being", "by", "do", "for", "in", "it", "of", "on", "our", "possible"),
        *("the", "their", "them", "this", "to", "try", "trying", "us", "we", "with", "best", "your", "well"),
        *("attention", "aware", "awareness", "better", "care", "careful", "carefully", "commitment", "communicate"),
        *("communication", "discipline", "effort", "efforts", "encourage", "everybody", "everyone", "faster", "focus"),
        *("good", "hard", "harder", "improve", "improving", "improvement", "increase", "management", "mindset"),
        *("monitor", "monitoring", "more", "motivate", "motivation", "optimise", "optimize", "pay", "people", "push"),
        *(
            "quality",
            "raise",
            "raising",
            "reduce",
            "staff",
            "stronger",
            "sensitise",
            "team",
            "teams",
            "work",
            "working",
        ),
        *("aller", "alle", "auf", "das", "den", "der", "die", "ein", "eine", "für", "im", "in", "mit", "und", "uns"),
        *("unsere", "wir", "zu", "zum", "zur", "achten", "anstrengen", "anstrengung", "aufmerksamkeit", "besser"),
        *("bessere", "bewusstsein", "disziplin", "einsatz", "erhöhen", "härter", "kommunikation", "konzentration"),
        *("mehr", "mitarbeiter", "mitarbeitenden", "motivation", "motivieren", "optimieren", "qualität", "schaffen"),
        *("schneller", "sensibilisieren", "sensibilisierung", "sorgfalt", "steigern", "stärken", "verbessern"),
        *("verbesserung", "arbeiten", "arbeit", "mühe", "geben"),
    }
)
"""Words with which somebody says that something shall be better, and not what anybody does about it."""


def is_placeholder(text: str) -> bool:
    """Whether a text only keeps a place: "tbd", "n. a.", "wird noch festgelegt", or marks alone."""
    return plain(text) in PLACEHOLDERS


def is_filler(text: str) -> bool:
    """Whether a text says nothing but that something shall be better: "raise awareness", "mehr Sorgfalt"."""
    return all(word in FILLING for word in plain_words(text))
