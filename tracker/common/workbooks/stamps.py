"""What a workbook made here says of itself, in its document properties, so that it is known when it comes back.

Excel and LibreOffice keep these properties when they save a file, in every format that has them. They are a
hint and never proof: anybody can change them, so rights and rows are checked as ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from xlsxwriter import Workbook

_PREFIX, _SELECTED = "tracker ", "tracker selected "
# What a property can hold, and what stands between names of sheets: no name of a sheet has it.
_MOST_CHARACTERS, _BETWEEN = 255, "/"
# The parts of a workbook that hold the properties: of XLSX and of ODS.
_PARTS = frozenset({"docprops/custom.xml", "meta.xml"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook is.

    `kind` and `version` name the template it was made from ("" for a workbook that only carries sheets of
    ours). `selection` says for what it was made, such as {"mission": "KG", "period": "2021-Q3"}. `data` are
    the names of the sheets with rows, `ignored` of those that were added for people to read and hold no rows;
    `marks` is that of the list of what to correct, which is ignored too.
    """

    kind: str = ""
    version: str = ""
    selection: Mapping[str, str] = field(default_factory=dict)
    data: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    marks: str = ""

    def to_properties(self) -> dict[str, str]:
        """Give the properties by name, those alone that say something. Raises ValueError for one too long."""
        properties = {
            _PREFIX + "kind": self.kind,
            _PREFIX + "version": self.version,
            **{_SELECTED + key: value for key, value in self.selection.items()},
            _PREFIX + "data": _BETWEEN.join(self.data),
            _PREFIX + "ignored": _BETWEEN.join(self.ignored),
            _PREFIX + "marks": self.marks,
        }
        for name, value in properties.items():
            if len(value.encode("utf-16-le")) > _MOST_CHARACTERS * 2:
                raise ValueError(f"A workbook cannot keep so long a text as its property “{name}”.")
        return {name: value for name, value in properties.items() if value}

    def holds_rows(self, name: str) -> bool:
        """Tell whether a sheet of this name may hold rows."""
        return not name or name not in (*self.ignored, self.marks)


def write_stamp(workbook: Workbook, stamp: Stamp) -> None:
    """Write the properties of an XLSX workbook in the making."""
    for name, value in stamp.to_properties().items():
        workbook.set_custom_property(name, value, "text")


def find_stamp(parts: Mapping[str, bytes]) -> Stamp | None:
    """Find what a workbook says of itself in its unpacked parts, by name; None if it is none of ours."""
    properties: dict[str, str] = {}
    for path, content in parts.items():
        if path.lower() in _PARTS:
            try:
                elements = list(fromstring(content).iter())
            except (ParseError, DefusedXmlException):
                continue
            for element in elements:
                for key, name in element.attrib.items():
                    # <property name="…"><vt:lpwstr>…</…> in XLSX, <meta:user-defined meta:name="…">…</…> in ODS.
                    if key.rpartition("}")[2] == "name" and name.startswith(_PREFIX):
                        properties[name] = "".join(element.itertext())
    return _read_properties(properties)


def _read_properties(properties: Mapping[str, str]) -> Stamp | None:
    def find(name: str) -> str:
        return properties.get(_PREFIX + name, "")

    def find_names(name: str) -> tuple[str, ...]:
        return tuple(filter(None, find(name).split(_BETWEEN)))

    stamp = Stamp(
        kind=find("kind"),
        version=find("version"),
        selection={
            name.removeprefix(_SELECTED): value
            for name, value in properties.items()
            if name.startswith(_SELECTED)
        },
        data=find_names("data"),
        ignored=find_names("ignored"),
        marks=find("marks"),
    )
    return None if stamp == Stamp() else stamp
