"""Misspelt keys, the JSON Schema, and doubts."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ccsim.config import doubts, load, schema
from ccsim.config.reading import read
from ccsim.config.tree import Source
from ccsim.errors import ConfigError

ROOT = Path(__file__).parents[3]
FILES = ROOT / "tests" / "faults" / "files"
FULL = FILES / "full.yaml"
NAMED_BY_THE_PLANNER = (
    "contact_types",
    "lines",
    "sites",
    "pools",
    "handles",
    "shifts",
    "routing",
    "scenarios",
    "sweep",
    "outages",
    "on_call",
    "proficiency",
    "lanes",
    "contracts",
    "strings",
    "cases",
    "sensitivities",
    "criteria",
    "requirements",
    "languages",
)


def keys(node):
    """Every key of a tree that the format names, as its place."""
    if isinstance(node.value, dict):
        for child in node.value.values():
            if node.place.path[-1:] == () or node.place.path[-1] not in NAMED_BY_THE_PLANNER:
                yield child.key
            yield from keys(child)
    elif isinstance(node.value, tuple):
        for child in node.value:
            yield from keys(child)


TREE = read(Source("full.yaml", FILES), FULL)
KEYS = sorted(keys(TREE), key=lambda place: (place.line, place.column))


def as_json(node, misspelt=None):
    """The values of a tree as JSON has them, with one letter too many in the key at a place."""
    if isinstance(node.value, dict):
        return {
            f"{key}q" if child.key is misspelt else key: as_json(child, misspelt) for key, child in node.value.items()
        }
    return [as_json(item, misspelt) for item in node.value] if isinstance(node.value, tuple) else node.value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tables of the full experiment, beside which broken ones may be written."""
    found = tmp_path_factory.mktemp("full")
    for table in ("calls", "profile", "returns", "handled", "agents"):
        (found / f"{table}.csv").write_text((FILES / f"{table}.csv").read_text())
    return found


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def misspelt(places):
    """The text of the full experiment with one letter too many in keys."""
    lines = FULL.read_text().split("\n")
    for place in sorted(places, key=lambda place: place.column, reverse=True):
        line, end = lines[place.line - 1], place.column - 1 + len(str(place.path[-1]))
        lines[place.line - 1] = f"{line[:end]}q{line[end:]}"
    return "\n".join(lines)


def within(one, other):
    """Whether a key stands under the other, or is it; nothing is read under a misspelt key."""
    shorter, longer = sorted((one.path, other.path), key=len)
    return longer[: len(shorter)] == shorter


def together(places, most=12):
    """The keys in groups, of which none stands under another."""
    groups: list = []
    for place in places:
        fitting = (group for group in groups if len(group) < most and not any(within(place, one) for one in group))
        group = next(fitting, None)
        if group is None:
            groups.append(group := [])
        group.append(place)
    return groups


def not_told(places, folder):
    """Those of some keys that are misspelt and not told of at their line."""
    (folder / "x.yaml").write_text(misspelt(places))
    with pytest.raises(ConfigError) as error:
        load(folder / "x.yaml")
    told = [(problem.line, str(problem)) for problem in error.value.problems]
    return [
        place.path
        for place in places
        if not any(line == place.line and f"{place.path[-1]}q" in text for line, text in told)
    ]


@pytest.mark.parametrize(
    "places",
    [
        pytest.param(places, id=f"{places[0].line} to {places[-1].line}", marks=[pytest.mark.slow] * bool(number % 4))
        for number, places in enumerate(together(KEYS))
    ],
)
def test_every_misspelt_key_is_told_at_its_line(places, folder):
    """All at once, wherever they stand."""
    assert not_told(places, folder) == []


@pytest.mark.slow
def test_a_misspelt_key_is_told_whatever_else_its_absence_breaks(folder):
    """Each alone, and every 23rd."""
    assert [path for place in KEYS[::23] for path in not_told([place], folder)] == []


WRONG = ("nonsense", "-5", "{a: 1}")


def wrong_values():
    """Paths of the full experiment with values of another kind, where a path can be written with dots."""
    places = [place for place in KEYS if place.path[0] != "scenarios"]
    return [f"{'.'.join(map(str, place.path))}={value}" for place in places for value in WRONG]


def taken_or_told(changes):
    """Never a traceback, and never the words of the library that checks values."""
    for change in changes:
        try:
            load(FULL, changes=[change])
            told = ""
        except ConfigError as error:
            told = str(error)
        assert "nput should" not in told, change


@pytest.mark.slow
def test_a_value_of_another_kind_is_taken_or_told_in_a_sentence():
    taken_or_told(wrong_values()[::197])


@pytest.mark.slow
def test_many_values_of_another_kind_are_taken_or_told_in_a_sentence():
    taken_or_told(wrong_values()[::47])


def test_the_full_experiment_has_every_key():
    """Otherwise a key could be left out of the tests of misspelling."""
    from ccsim.config.sentences import HOMES

    written = {str(place.path[-1]) for place in KEYS}
    elsewhere = {
        "file",
        "changes",
        "all_pools",
        "scenarios",
        "weekday",
        "begins",
        "ends",
        "stretches",
        "rates",
        "table",
        "bands",
    }
    not_written = set(HOMES) - written - elsewhere
    assert not_written <= {
        "always", "awake", "days", "deterministic", "location", "median", "mu", "off", "on", "pools", "recorded_counts",
        "recorded_times", "sigma", "volume_by_date", "weekly", "rate", "weeks", "oldest", "scale", "bench", "classes",
        "starts",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "experiments").glob("*.yaml")), ROOT / "ccsim/config/starter.yaml", FULL, FILES / "good.yaml"],
    ids=lambda path: path.stem,
)
def test_the_schema_accepts_what_loads(path, validator):
    assert [error.message for error in validator.iter_errors(as_json(read(Source(path.name, path.parent), path)))] == []


def test_the_schema_accepts_files_that_extend_another(validator):
    part = {"extends": "good.yaml", "pools": {"team": {"shifts": {"day": {"agents": 3}}}}}
    assert validator.is_valid(part)
    assert not validator.is_valid({key: value for key, value in part.items() if key != "extends"})


def taken_by(validator, places):
    """The misspelt keys that the schema lets pass."""
    return [place.path for place in places if validator.is_valid(as_json(TREE, misspelt=place))]


def test_the_schema_rejects_misspelt_keys(validator):
    """Those that the loader tells of, wherever they stand."""
    assert taken_by(validator, KEYS[::7]) == []


@pytest.mark.slow
def test_the_schema_rejects_every_misspelt_key(validator):
    assert taken_by(validator, KEYS) == []


FEWER = "scenarios.fewer.change={}"
DOUBTFUL = [
    ("replications=3", "replications", "no intervals and no verdicts"),
    ("calendar.warm_up=0 s", "calendar.warm_up", "shorter than a week"),
    ("pools.care.chat.speed=[1, 0.4, 0.39]", "pools.care.chat.speed", "2 chats at once get less done than 1"),
    ("pools.care.chat.speed=[0.5, 0.6, 0.6]", "pools.care.chat.speed", "goes faster"),
    ("pools.care.shifts.day.days=daily", "pools.care.shifts.day", "7 days a week; give it a rotation"),
    ("pools.care.shifts.day.from=04:00", "pools.care.shifts.day", "it lasts 12.5 h"),
    ("routing.orders=night", "pools.extra.handles.orders", "it never gets any"),
    ("pools.night.interruptible=true", "pools.night.interruptible", "needs deferred work"),
    ("pools.care.keep_free.below_priority=1", "", ""),
    ("pools.care.keep_free.agents=1", "", ""),
    ("pools.care.keep_free={agents: 900, below_priority: 9}", "pools.care.keep_free.agents", "never has more than"),
    ("pools.night.keep_free={agents: 10, below_priority: 9}", "pools.night.keep_free.agents", "never has more than 10"),
    ("pools.night.keep_free={agents: 9, below_priority: 9}", "", ""),
    ("pools.extra.keep_free={agents: 900, below_priority: 9}", "", ""),
    ("pools.night.chat={concurrency: 1, speed: [1]}", "pools.night.chat", "handles no chats"),
    ("routing.mail=[care, care]", "routing.mail", "more than one rank"),
]


@pytest.fixture(scope="module")
def doubts_before():
    return doubts(load(FULL, changes=[FEWER]))


@pytest.mark.parametrize(
    ("change", "path", "told"),
    [pytest.param(*row, id=row[0], marks=[pytest.mark.slow] * bool(at % 3)) for at, row in enumerate(DOUBTFUL)],
)
def test_doubtful_choices_are_pointed_out(change, path, told, doubts_before):
    new = [problem for problem in doubts(load(FULL, changes=[change, FEWER])) if problem not in doubts_before]
    if told:
        assert any(problem.path == path and told in problem.message for problem in new)
    else:
        assert new == []
