"""Tables that an experiment names: CSV, CSV.gz, XLSX; steps, clock changes, levels, types."""

import gzip
import zipfile
from datetime import datetime, timedelta

import pytest

from ccsim.config import load, spreadsheets
from ccsim.errors import ConfigError

EXPERIMENT = """
title: A table
calendar: {{start: 2026-03-02, weeks: 1, timezone: {zone}}}
contact_types:
  calls:
    channel: phone
    demand: {demand}
    handle_time: {{exponential: 4 min}}
    patience: endless
sites: {{floor: {{location: in-house, country: US, timezone: {zone}}}}}
pools: {{team: {{site: floor, handles: {{calls: {{}}}}, staffing: 5}}}}
"""


@pytest.fixture
def table(tmp_path):
    """The table of an experiment whose demand is written so, beside a file with this text."""

    def read(text, *, demand="{file: t.csv}", zone="America/New_York", name="t.csv"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / "x.yaml").write_text(EXPERIMENT.format(demand=demand, zone=zone))
        demand_read = load(tmp_path / "x.yaml").scenarios["base"].contact_types["calls"].demand
        return demand_read.table or demand_read.recorded_counts or demand_read.recorded_times

    return read


def rows(starts, header="interval_start,offered"):
    return header + "\n" + "".join(f"{start},{number}\n" for number, start in enumerate(starts))


def hours(first, count):
    return [datetime.fromisoformat(first) + timedelta(hours=step) for step in range(count)]


def test_rows_are_numbered_as_in_the_file(table):
    found = table(rows(["2026-03-02 08:00", "2026-03-02 08:30"]))
    assert found.rows == (2, 3)
    assert found.starts == ("2026-03-02T08:00:00", "2026-03-02T08:30:00")
    assert found.values == (0, 1)


def test_gzip_and_a_byte_order_mark_are_read(table):
    packed = gzip.compress(b"\xef\xbb\xbf" + rows(["2026-03-02 08:00", "2026-03-02 08:30"]).encode())
    assert table(packed, demand="{file: t.csv.gz}", name="t.csv.gz").values == (0, 1)


def test_a_workbook_is_read_like_csv(table, tmp_path):
    """Dates stay to the second although workbooks keep fractions of a day; row numbers are those of the sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append([])
    book.active.append(["interval_start", "offered"])
    for start in hours("2026-03-02 08:00", 48):
        book.active.append([start + timedelta(minutes=20), 3])
    book.save(tmp_path / "t.xlsx")
    found = table((tmp_path / "t.xlsx").read_bytes(), demand="{file: t.xlsx}", name="t.xlsx")
    assert found.starts[:2] == ("2026-03-02T08:20:00", "2026-03-02T09:20:00")
    assert found.rows[0] == 3
    assert set(found.values) == {3.0}


def test_a_workbook_that_unpacks_too_large_is_refused(table, tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(ConfigError, match="larger than 1 MB"):
        table((tmp_path / "bomb.xlsx").read_bytes(), demand="{file: t.xlsx}", name="t.xlsx")


def test_a_packed_table_that_unpacks_too_large_is_refused(table, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 1_000_000)
    with pytest.raises(ConfigError, match="larger than 1 MB"):
        table(gzip.compress(b"0" * 2_000_000), demand="{file: t.csv.gz}", name="t.csv.gz")


def test_an_hour_that_the_clock_skips_is_no_gap(table):
    """New York, 8 March 2026: 01:00 is followed by 03:00."""
    starts = [start for start in hours("2026-03-07 00:00", 48) if start != datetime(2026, 3, 8, 2)]
    assert len(table(rows(starts)).values) == 47


def test_a_skipped_hour_may_stand_in_the_table(table):
    assert len(table(rows(hours("2026-03-07 00:00", 48))).values) == 48


def test_an_hour_that_the_clock_repeats_may_stand_once_or_twice(table):
    """New York, 1 November 2026: 01:00 comes twice."""
    once = hours("2026-10-31 00:00", 48)
    twice = sorted([*once, datetime(2026, 11, 1, 1)])
    assert len(table(rows(once)).values) == 48
    with pytest.raises(ConfigError, match="given twice"):
        table(rows(twice), zone="Asia/Manila")
    halves = [start + timedelta(minutes=step) for start in once for step in (0, 30)]
    again = [datetime(2026, 11, 1, 1), datetime(2026, 11, 1, 1, 30)]
    position = halves.index(again[1]) + 1
    assert len(table(rows([*halves[:position], *again, *halves[position:]])).values) == 98


def test_the_same_gap_elsewhere_is_a_gap(table):
    starts = [start for start in hours("2026-03-07 00:00", 48) if start != datetime(2026, 3, 8, 3)]
    with pytest.raises(ConfigError, match=r"t\.csv:29:1.*the interval at 2026-03-08 03:00:00 is missing"):
        table(rows(starts))


def test_missing_intervals_may_be_zero(table):
    found = table(
        rows(["2026-03-02 08:00", "2026-03-02 08:30", "2026-03-02 10:00"]), demand="{file: t.csv, missing: zero}"
    )
    assert found.zero_where_missing
    assert len(found.values) == 3


def test_times_with_offset_are_points_in_time(table):
    starts = ["2026-03-08T01:00-05:00", "2026-03-08T03:00-04:00", "2026-03-08T04:00-04:00"]
    assert len(table(rows(starts)).values) == 3
    with pytest.raises(ConfigError, match="mixes times with and without offset"):
        table(rows(["2026-03-08T01:00-05:00", "2026-03-08T02:00"]))


def test_only_rows_of_the_contact_type_are_taken(table):
    header = "interval_start,offered,contact_type"
    text = header + "\n2026-03-02 08:00,1,calls\n2026-03-02 08:00,5,mail\n2026-03-02 09:00,2,calls\n"
    found = table(text)
    assert (found.values, found.rows) == ((1, 2), (2, 4))


def test_levels_where_nothing_is_offered_take_the_one_before(table):
    text = "interval_start,offered,handle_time_s\n2026-03-02 08:00,0,\n2026-03-02 09:00,2,300\n2026-03-02 10:00,0,\n"
    assert table(text).handle_time_s == (300, 300, 300)
    with pytest.raises(ConfigError, match=r"t\.csv:2:3.*handle_time_s: the cell is empty"):
        table("interval_start,offered,handle_time_s\n2026-03-02 08:00,3,\n2026-03-02 09:00,2,300\n")


def test_other_columns_are_left_alone_unless_they_look_misspelt(table):
    text = "interval_start,offered,weekday\n2026-03-02 08:00,1,mon\n2026-03-02 09:00,2,mon\n"
    assert table(text).values == (1, 2)
    with pytest.raises(ConfigError, match=r"t\.csv:1:3.*did you mean handle_time_s"):
        table(text.replace("weekday", "handle_time"))


def test_recorded_times_and_counts(table):
    assert (
        len(table("arrived\n2026-03-02 08:00:03\n2026-03-02 08:00:03.5\n", demand="{recorded: {times: t.csv}}").times)
        == 2
    )
    counts = rows(["2026-03-02 08:00", "2026-03-02 08:30"])
    assert table(counts, demand="{recorded: {counts: t.csv}}").values == (0, 1)


def test_recorded_counts_are_whole_numbers(table):
    """What is expected may be 1.5 contacts; what happened may not."""
    counts = rows(["2026-03-02 08:00", "2026-03-02 08:30"]).replace(",1\n", ",1.5\n")
    assert table(counts).values == (0, 1.5)
    with pytest.raises(ConfigError, match=r"t\.csv:3:2.*offered: 1\.5 is not a whole number"):
        table(counts, demand="{recorded: {counts: t.csv}}")


def test_a_row_with_more_cells_than_the_header_is_refused(table):
    """10,5 is ten and a half in half of Europe, and must not become ten."""
    with pytest.raises(ConfigError, match=r"t\.csv:2:3.*more cells than the header"):
        table("interval_start,offered\n2026-03-02 08:00,10,5\n2026-03-02 08:30,10\n")
    assert table("interval_start,offered\n2026-03-02 08:00,10,\n2026-03-02 08:30,10\n").values == (10, 10)


def test_links_out_of_the_folder_are_refused(table, tmp_path):
    (tmp_path.parent / "secret.csv").write_text(rows(["2026-03-02 08:00", "2026-03-02 09:00"]))
    (tmp_path / "link.csv").symlink_to(tmp_path.parent / "secret.csv")
    with pytest.raises(ConfigError, match=r"link.csv leaves the file's folder"):
        table("", demand="{file: link.csv}")
