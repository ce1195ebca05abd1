"""A course as one file: a ZIP archive with a manifest, the same bytes for the same course on every machine."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from rolebook.pages.scorm import Course
from rolebook.publishing.scorm.files import files
from rolebook.publishing.scorm.manifest import MANIFEST, manifest
from rolebook.rendering import Look

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX, _RIGHTS = 3, 0o100644 << 16


def package(course: Course, look: Look) -> bytes:
    """The package of a course. It is not compressed: what that comes to is different in each version of zlib."""
    found = files(course, look)
    whole = {MANIFEST: manifest(course, sorted(found)), **dict(sorted(found.items()))}
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as file:
        for path, data in whole.items():
            entry = ZipInfo(path, _LONG_AGO)
            entry.create_system, entry.external_attr = _UNIX, _RIGHTS
            file.writestr(entry, data)
    return archive.getvalue()
