"""Reads the CSV file of a ``{data-table}`` and says plainly what is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Columns with a meaning of their own, and what stands above them.
SPECIAL = {"id": "Id", "source": "Source", "read": "Read as"}

#: Cells that say that there is no number.
_MISSING = {"", "-", "–", "—", "na", "n/a", "nr", "n.r.", "not reported", "not reached"}
#: A number with what belongs to it: "1.74 (1.3-2.2)", "<0.001", "1.2×10⁻³", "63 %", "10 to 24".
_NUMERIC = re.compile(r"(?=.*\d)(?:[\d\s.,;:()\[\]<>≤≥≈~=±+\-−–×⁰¹²³⁴⁵⁶⁷⁸⁹⁻%/]|\bto\b|e(?=[-+]?\d))*")

_SOURCE = re.compile(r"\[[^\]]*\]\([^)\s]*\)|<\S+>|\S+")
_KEY = re.compile(r"[A-Za-z][\w:.+-]*")


class DataError(ValueError):
    """A file or an option that cannot become a table."""


@dataclass(frozen=True)
class DataFile:
    """Columns and rows of a file, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: int, column: str) -> str:
        """Look up one cell.

        Parameters
        ----------
        row
            Index of the row.
        column
            Name of the column.

        Returns
        -------
        str
            Its text, without spaces round it.
        """
        return self.rows[row][self.columns.index(column)]


def read_data(text: str) -> DataFile:
    """Read and check a CSV file.

    Parameters
    ----------
    text
        The file; its first row holds the names of the columns.

    Returns
    -------
    DataFile
        At least one column and one row.

    Raises
    ------
    DataError
        When the file is not CSV, or when a row or an id does not fit.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, tuple(" ".join(cell.split()) for cell in cells)) for cells in reader if any(cells)]
    except csv.Error as error:
        raise DataError(f"is not valid CSV at line {reader.line_num}: {error}") from error
    if len(lines) < 2:
        raise DataError("needs a row of column names and at least one row of data")
    (_, columns), *rest = lines
    for number, name in enumerate(columns, 1):
        if not name:
            raise DataError(f"has no name for column {number}; the names are {_listed(columns)}")
        if columns.index(name) != number - 1:
            raise DataError(f'has two columns named "{name}"')
    for line, row in rest:
        if len(row) != len(columns):
            what = f"{len(row)} cells where {len(columns)} are needed ({', '.join(columns)})"
            raise DataError(f"has at line {line}, which starts with {_listed(row[:2])}, {what}")
    if "id" in columns:
        _check_ids((line, row[columns.index("id")]) for line, row in rest)
    return DataFile(columns, tuple(row for _, row in rest))


def _check_ids(ids: Iterable[tuple[int, str]]) -> None:
    seen: dict[str, int] = {}
    for line, key in ids:
        if not key:
            raise DataError(f"has no id at line {line}")
        if key in seen:
            raise DataError(f'has the id "{key}" at line {seen[key]} and again at line {line}; each row needs its own')
        seen[key] = line


def choose(option: str, text: str, allowed: Sequence[str]) -> list[str]:
    """Read an option that names columns.

    Parameters
    ----------
    option
        Name of the option, for the message.
    text
        Names with commas between them; a name that has a comma itself stands in double quotes.
    allowed
        The names that may be given.

    Returns
    -------
    list of str
        The names, in the order given.

    Raises
    ------
    DataError
        For a name that is unknown or given twice.
    """
    names = [name.strip() for line in csv.reader([" ".join(text.split())], skipinitialspace=True) for name in line]
    for index, name in enumerate(names):
        if name not in allowed:
            raise DataError(f'has no column "{name}" for :{option}:; allowed are {_listed(allowed)}')
        if name in names[:index]:
            raise DataError(f'has the column "{name}" twice in :{option}:')
    if not names:
        raise DataError(f"has an empty :{option}:; allowed are {_listed(allowed)}")
    return names


def is_numeric(cells: Iterable[str]) -> bool:
    """Tell whether a column holds numbers.

    Parameters
    ----------
    cells
        Text of its cells; some may say that there is no number.

    Returns
    -------
    bool
        True when at least one cell is a number and none is anything else.
    """
    given = [cell for cell in (cell.strip() for cell in cells) if cell.lower() not in _MISSING]
    return bool(given) and all(_NUMERIC.fullmatch(cell) for cell in given)


def source_markdown(cell: str) -> str:
    """Turn a cell of the column ``source`` into Markdown.

    Parameters
    ----------
    cell
        Keys of the bibliography with spaces between them, Markdown links, or both.

    Returns
    -------
    str
        Keys as citations, links as they are.

    Raises
    ------
    DataError
        For a word that is neither.
    """
    parts: list[str] = []
    keys: list[str] = []
    for word in _SOURCE.findall(cell):
        if word[0] in "[<" and word[-1] in ")>":
            parts.append(word)
        elif _KEY.fullmatch(word):
            keys.append(word)
        else:
            raise DataError(f'has the source "{word}", which is no key of the bibliography and no Markdown link')
    if keys:
        parts.insert(0, f"{{cite:t}}`{','.join(keys)}`")
    return ", ".join(parts)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
