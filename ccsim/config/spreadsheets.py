"""Rows of CSV, CSV.gz and XLSX files, their size checked before they are opened."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 100_000_000
"""Of one table, unpacked."""
KINDS = (".csv", ".csv.gz", ".xlsx")


class Row(NamedTuple):
    """A row and its number in the file; the header is row 1 where nothing stands before it."""

    number: int
    cells: list[str]


class Unreadable(Exception):
    """The file, or one of its rows, cannot be read; says why. ``row`` is 0 where the whole file is meant."""

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(reason)
        self.row = row


def rows(path: Path) -> Iterator[Row]:
    """Rows of a table that are not empty, one by one; numbers and dates as text."""
    name = path.name.casefold()
    if not name.endswith(KINDS):
        raise Unreadable(f"a table is a file ending in {', '.join(KINDS)}")
    if not path.is_file():
        raise Unreadable("there is no such file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(_too_large())
        if name.endswith(".xlsx"):
            yield from _sheet(path)
        else:
            yield from _lines(_unpacked(path) if name.endswith(".gz") else path.read_bytes())
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {(error.strerror or str(error)).lower()}") from None


def _too_large() -> str:
    return f"the table is larger than {MOST_BYTES // 1_000_000} MB"


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(f"the file is damaged: {error}") from None
    if len(content) > MOST_BYTES:
        raise Unreadable(_too_large())
    return content


def _lines(content: bytes) -> Iterator[Row]:
    """Rows of CSV text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("the file is not UTF-8; save it as CSV UTF-8", row) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(reader.line_num, [cell.strip() for cell in cells])
    except csv.Error as error:
        raise Unreadable(f"the row is not understood: {error}", reader.line_num) from None


def _sheet(path: Path) -> Iterator[Row]:
    """Rows of the first sheet of a workbook."""
    from python_calamine import CalamineError, load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise Unreadable(_too_large())
    except zipfile.BadZipFile:
        raise Unreadable("this is not an XLSX workbook") from None
    try:
        sheet = load_workbook(str(path)).get_sheet_by_index(0)
        table = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise Unreadable(f"this is not an XLSX workbook: {error}") from None
    for number, cells in enumerate(table, start=1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield Row(number, texts)


def _text(cell: Any) -> str:
    """
    A cell of a workbook as it would stand in CSV. Times are kept to the second: workbooks store fractions of a day.
    """
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
