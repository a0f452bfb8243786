"""Zip files of XML (.docx, .odt), opened without trust: nothing unpacks, nests or multiplies beyond its limit."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from audio.errors import BadText

UNPACKED = 64 * 1024 * 1024  # bytes in all; the text of a thick book in XML is a tenth of that
DEEPEST = 250  # elements inside one another; a table in a table in a text box has some 40
ELEMENTS = 1_500_000
PARTS = 5000
ENCRYPTED = 0x1


class Package:
    """The parts of an office file. Raises BadText broken, encrypted, unpacked."""

    def __init__(self, data: bytes) -> None:
        self._left = UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            if len(self._zip.infolist()) > PARTS:
                raise BadText("unpacked")
            for info in self._zip.infolist():
                if not info.flag_bits & ENCRYPTED:
                    self._zip.open(info).close()  # a part whose name is damaged would be missing in silence
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise BadText("broken") from error
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        """A part's bytes; a part that isn't there is empty."""
        if name not in self.names:
            return b""
        info = self._zip.getinfo(name)
        if info.flag_bits & ENCRYPTED:
            raise BadText("encrypted")
        if info.file_size > self._left:
            raise BadText("unpacked")
        try:
            data = self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise BadText("broken") from error
        self._left -= len(data)
        return data

    def related(self, name: str) -> dict[str, str]:
        """The parts that a part names as its own, by kind ("styles", "numbering")."""
        folder, _, file = name.rpartition("/")
        found: dict[str, str] = {}
        for relation in self.tree(f"{folder}/_rels/{file}.rels".lstrip("/")):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.setdefault(relation.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
        return found

    def tree(self, name: str) -> Element:
        """A part as elements with local names; a part that isn't there is an element without children."""
        data = self.part(name)
        return tree(data) if data else Element("nothing")


def tree(data: bytes) -> Element:
    """XML as elements and attributes without their namespaces. Raises BadText broken or unpacked.

    Entities of a document's own are refused (they can multiply, and name other files); office files have none.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > ELEMENTS:
            raise BadText("unpacked")
        builder.start(tag.rpartition(" ")[2], {name.rpartition(" ")[2]: value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(" ")[2])

    def entity(*_: object) -> None:
        raise BadText("unpacked")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = builder.data, entity
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadText("broken") from error
