"""Two handbooks compared by meaning: what changed, and what that means for each role and each job."""

from rolebook.comparing.change import Change as Change
from rolebook.comparing.change import Kind as Kind
from rolebook.comparing.change import Subject as Subject
from rolebook.comparing.compare import Comparison as Comparison
from rolebook.comparing.compare import compare as compare
