"""Courses for learning systems: the modules that a role takes, or a single one, each as a page with its questions."""

from rolebook.pages.scorm.choosing import Wanted, wanted
from rolebook.pages.scorm.course import Course, Page, course
from rolebook.pages.scorm.names import Names

__all__ = ["Course", "Names", "Page", "Wanted", "course", "wanted"]
