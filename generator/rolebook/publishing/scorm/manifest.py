"""The manifest of a course, by which a learning system knows its modules, their order and their files (SCORM 1.2)."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from rolebook.pages.scorm import Course, Page
from rolebook.publishing.scorm.files import CONTENTS, SHARED

MANIFEST = "imsmanifest.xml"

_SPACES = {
    "xmlns": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "xmlns:imsmd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
}
_ORGANISATION, _ASSETS = "organization", "resource_shared"
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write."""
_LONGEST = 200
"""Some learning systems keep so many letters of a title."""


def manifest(course: Course, files: Iterable[str]) -> bytes:
    """The manifest of a course that consists of these files."""
    number = course.version.number or "0"
    root = ElementTree.Element(
        "manifest", {"identifier": f"rolebook_{course.identifier}", "version": number, **_SPACES}
    )
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "ADL SCORM")
    _add(metadata, "schemaversion", "1.2")
    _describe(_add(metadata, "imsmd:lom"), course)
    _organise(_add(root, "organizations", default=_ORGANISATION), course)
    _list(_add(root, "resources"), course, files)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _describe(lom: ElementTree.Element, course: Course) -> None:
    """What the course is called, in which language it is, what it is for, and of which version."""
    general = _add(lom, "imsmd:general")
    _say(general, "imsmd:title", course.title, course.language)
    _add(general, "imsmd:language", course.language)
    _say(general, "imsmd:description", course.description, course.language)
    _say(_add(lom, "imsmd:lifecycle"), "imsmd:version", course.said, course.language)


def _say(parent: ElementTree.Element, tag: str, text: str, language: str) -> None:
    _add(_add(parent, tag), "imsmd:langstring", text, **{"xml:lang": language})


def _organise(organisations: ElementTree.Element, course: Course) -> None:
    """The modules as learning systems list them: below their plans where there are several."""
    organisation = _add(organisations, "organization", identifier=_ORGANISATION)
    _add(organisation, "title", f"{_cut(course.title)} ({course.said})")
    for chapter in course.chapters:
        parent = organisation
        if len(course.pages) > 1:
            parent = _add(organisation, "item", identifier=f"plan_{chapter.identifier}")
            _add(parent, "title", _cut(chapter.plan.name))
        for page in chapter.pages:
            item = _add(parent, "item", identifier=_item(page), identifierref=_resource(page), isvisible="true")
            _add(item, "title", _cut(page.title))
            if page.before:
                before = "&".join(f"item_{one.identifier}" for one in page.before)
                _add(item, "adlcp:prerequisites", before, type="aicc_script")


def _list(resources: ElementTree.Element, course: Course, files: Iterable[str]) -> None:
    """The files: each page by itself, and once what all of them need."""
    for page in course.pages:
        file = page.names.file
        resource = _add(resources, "resource", identifier=_resource(page), type="webcontent", href=file)
        resource.set("adlcp:scormtype", "sco")
        _add(resource, "file", href=file)
        _add(resource, "dependency", identifierref=_ASSETS)
    shared = _add(resources, "resource", identifier=_ASSETS, type="webcontent")
    shared.set("adlcp:scormtype", "asset")
    for file in files:
        if file.startswith(SHARED) or file == CONTENTS:
            _add(shared, "file", href=file)


def _item(page: Page) -> str:
    return f"item_{page.names.identifier}"


def _resource(page: Page) -> str:
    return f"resource_{page.names.identifier}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    if text:
        element.text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(text))
    return element
