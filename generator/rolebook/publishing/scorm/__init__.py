"""Courses as packages of SCORM 1.2, which learning systems take."""
