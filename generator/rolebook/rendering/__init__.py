"""Templates made into HTML: our pages in the look of a handbook, links between them, and the theme's templates."""

from rolebook.rendering.fault import TemplateFault, fault
from rolebook.rendering.language import Language
from rolebook.rendering.links import Links, Sources, anchor, nowhere
from rolebook.rendering.look import IN_ENGLISH, Look, languages, spoken
from rolebook.rendering.templates import Blocks, check, render
from rolebook.rendering.theirs import Known, Templates, replace_macro, replace_text, rewrite, sandboxed
from rolebook.rendering.writing import Writing, prose

__all__ = [
    "IN_ENGLISH",
    "Blocks",
    "Known",
    "Language",
    "Links",
    "Look",
    "Sources",
    "TemplateFault",
    "Templates",
    "Writing",
    "anchor",
    "check",
    "fault",
    "languages",
    "nowhere",
    "prose",
    "render",
    "replace_macro",
    "replace_text",
    "rewrite",
    "sandboxed",
    "spoken",
]
