"""JSON Schema (2020-12) of the experiment file, short and partial forms included, for editors."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import TypeAdapter

from ccsim.config.scenarios import CENTER, COMMON
from ccsim.model.base import CLOCK, NUMBER, Date, Seconds
from ccsim.model.experiment import Experiment
from ccsim.quantities import FULL_WEEKDAYS, GROUPS_OF_DAYS, WEEKDAYS

Schema = dict[str, Any]

DAY = f"({'|'.join((*GROUPS_OF_DAYS, *FULL_WEEKDAYS, *WEEKDAYS))})"
DAYS = rf"^\s*{DAY}(\s*-\s*{DAY})?(\s*,\s*{DAY}(\s*-\s*{DAY})?)*\s*$"
STRETCH = {"type": "string", "pattern": rf"^\s*{CLOCK}\s*-\s*{CLOCK}\s*$", "examples": ["08:00-20:00"]}
FILE = {"type": "string", "description": "a file in the folder of this one, or below", "examples": ["demand.csv"]}
AGENTS = {"type": "integer", "minimum": 0, "maximum": 20_000}
PART = "-changed"
"""Ends the names of definitions that need not be whole."""


def schema() -> Schema:
    """The schema of a whole experiment; one that ``extends`` another may leave out anything."""
    raw = Experiment.model_json_schema()
    definitions: dict[str, Schema] = {name: _tidy(definition) for name, definition in raw["$defs"].items()}
    for name, form in _written_forms(definitions).items():
        definitions[name] = form
    center = definitions.pop("Center")["properties"]
    properties = {key: _tidy(raw["properties"][key]) for key in COMMON} | {key: center[key] for key in CENTER}
    whole = _map(properties, required=["title", "calendar", "contact_types", "sites", "pools"])
    definitions["Experiment"] = whole
    definitions |= {name + PART: _partial(definition) for name, definition in list(definitions.items())}
    definitions["Scenario"] = _scenario(definitions["Experiment" + PART]["properties"])
    extends = {**FILE, "description": "another experiment file, of which this one changes some keys"}
    further = {"extends": extends, "scenarios": _of_names({"$ref": "#/$defs/Scenario"})}
    for name in ("Experiment", "Experiment" + PART):
        definitions[name]["properties"] |= further
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ccsim experiment",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/Experiment{PART}"},
        "else": {"$ref": "#/$defs/Experiment"},
        "$defs": definitions,
    }


def _business_case(whole: dict[str, Schema]) -> Schema:
    """A case of one phase may be written without brackets."""
    phases = whole["BusinessCase"]["properties"]["cases"]["additionalProperties"]
    cases = {**whole["BusinessCase"]["properties"]["cases"], "additionalProperties": _or(phases, phases["items"])}
    return {**whole["BusinessCase"], "properties": {**whole["BusinessCase"]["properties"], "cases": cases}}


def _statistic() -> Schema:
    """What of the replications a bid is scored by."""
    return {"type": "string", "pattern": rf"^\s*(mean|deviation|worst\s+{NUMBER}\s*%)\s*$", "examples": ["worst 10%"]}


def _scenario(changed: dict[str, Schema]) -> Schema:
    """A scenario of the file: which pools it has, and what it changes."""
    return _map(
        {
            "description": {"type": "string"},
            "pools": {
                "type": "array",
                "items": {"type": "string"},
                "description": "the scenario's pools; all if left out",
            },
            "outages": {
                "type": "array",
                "items": {"type": "string"},
                "description": "the scenario's outages; all if left out",
            },
            "contracts": {
                "type": "array",
                "items": {"type": "string"},
                "description": "the scenario's contracts; those with its providers if left out",
            },
            "what_if": {
                "enum": ["yardstick", "right_forecast", "ignore_restrictions"],
                "description": "nobody can choose it: a yardstick, with forecasts that are right, or data anywhere",
            },
            "change": _map({key: changed[key] for key in CENTER}),
            "extends": {"type": "string", "description": "another scenario, of which this one has pools and changes"},
            "sweep": {"type": "object", "additionalProperties": {"type": "array", "minItems": 1}},
        }
    )


def _tidy(node: Any) -> Any:
    """Without defaults of the model, titles and null, none of which a file has."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "anyOf" in node:
        options = [_tidy(option) for option in node["anyOf"] if option != {"type": "null"}]
        rest = {key: _tidy(value) for key, value in node.items() if key not in ("anyOf", "default", "title")}
        return {**rest, **options[0]} if len(options) == 1 else {**rest, "anyOf": options}
    found: Schema = {}
    for key, value in node.items():
        if key == "properties":
            found[key] = {name: _tidy(below) for name, below in value.items()}
        elif key not in ("default", "title"):
            found["anyOf" if key == "oneOf" else key] = _tidy(value)
    if "patternProperties" in node:
        found.pop("propertyNames", None)
        found["additionalProperties"] = False
    return found


def _partial(node: Any) -> Any:
    """The same where nothing is required, as in a change; items of lists stay whole, since lists are replaced."""
    if isinstance(node, list):
        return [_partial(item) for item in node]
    if not isinstance(node, dict):
        return node
    found: Schema = {}
    for key, value in node.items():
        if key in ("required", "minProperties"):
            continue
        if key == "$ref":
            found[key] = value + PART
        elif key in ("items", "prefixItems"):
            found[key] = deepcopy(value)
        elif key == "properties":
            found[key] = {name: _partial(below) for name, below in value.items()}
        else:
            found[key] = _partial(value)
    return found


def _map(properties: dict[str, Schema], required: list[str] | None = None, **further: Any) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False, **further}


def _of_names(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _days(value: Schema) -> dict[str, Schema]:
    return {DAYS: value}


def _or(form: Schema, *short: Schema) -> Schema:
    return {"anyOf": [form, *short]}


def _written_forms(whole: dict[str, Schema]) -> dict[str, Schema]:
    """How values are written that the model keeps in another shape."""
    seconds = _tidy(TypeAdapter(Seconds).json_schema())
    dates = {"type": "array", "items": _tidy(TypeAdapter(Date).json_schema())}
    table = _or(_map({"file": FILE, "missing": {"const": "zero"}}, ["file"]), FILE)
    named = _or(_map({"file": FILE}, ["file"]), FILE)
    weights = {"type": "array", "items": {"type": "number", "minimum": 0}}
    hours = {"anyOf": [STRETCH, {"enum": ["closed", "all day"]}, {"type": "array", "items": STRETCH}]}
    hourly = {"type": "object", "patternProperties": {STRETCH["pattern"]: AGENTS}, "additionalProperties": False}
    families = whole["Law"]["properties"]
    share = whole["Part"]["properties"]["share"]
    rank = whole["Rank"]["properties"]
    name = {"type": "string"}
    names = {"type": "array", "items": name, "minItems": 1}
    ranks = {"anyOf": [name, {"type": "array", "items": {"$ref": "#/$defs/Rank"}, "minItems": 1}]}
    mean_and_share = _map({"share": share, "mean": seconds}, ["share", "mean"])
    law = families | {"hyperexponential": {"type": "array", "items": mean_and_share}}
    staffing = {key: whole["Staffing"]["properties"][key] for key in ("always", "timezone")}
    percent_in = {
        "type": "string",
        "pattern": rf"^\s*{NUMBER}\s*%?\s+(in|within)\s+{NUMBER}",
        "examples": ["80% in 20 s"],
    }
    contact_type = deepcopy(whole["ContactType"])
    contact_type["properties"]["opening_hours"] = _or(contact_type["properties"]["opening_hours"], {"const": "always"})
    retrial, handles, lane = deepcopy(whole["Retrial"]), deepcopy(whole["Handles"]), whole["Lane"]["properties"]
    probability, transfer = retrial["properties"]["probability"], handles["properties"]["transfer"]
    retrial["properties"]["probability"] = _or(probability, probability["items"])
    handles["properties"]["transfer"] = _or(transfer, transfer["items"])
    attrition = whole["Attrition"]["properties"]["bands"]
    term = deepcopy(whole["Term"])
    term["properties"] |= {
        "type": {"anyOf": [name, names]},
        "hours": _or(term["properties"]["hours"], {"const": "all"}),
    }
    return {
        "ContactType": contact_type,
        "Retrial": retrial,
        "Handles": handles,
        "Attrition": _or(attrition, whole["TenureBand"]["properties"]["monthly"]),
        "Term": term,
        "ReplaceAbsent": _or(whole["ReplaceAbsent"], {"const": "none"}),
        "Lane": _or(_map({**lane, "ranks": ranks}, ["ranks"]), ranks),
        "IntervalTable": table,
        "TimesTable": named,
        "Sample": named,
        "ProfileTable": _or(
            {
                "type": "object",
                "patternProperties": _days({"anyOf": [weights, {"const": 0}]}),
                "additionalProperties": False,
            },
            _map({"file": FILE}, ["file"]),
        ),
        "Demand": _or(
            _map(
                {
                    **{key: form for key, form in whole["Demand"]["properties"].items() if "recorded" not in key},
                    "file": FILE,
                    "missing": {"const": "zero"},
                    "recorded": _map({"counts": table, "times": named}),
                }
            ),
            {"const": "none"},
        ),
        "WeeklyHours": _or(
            _map({key: whole["WeeklyHours"]["properties"][key] for key in ("timezone", "closed_on")})
            | {"patternProperties": _days(hours)},
            {"type": "string", "pattern": rf"{CLOCK}\s*-\s*{CLOCK}\s*$", "examples": ["mon-fri 08:00-20:00"]},
        ),
        "Mean": _or(whole["Mean"], seconds),
        "Law": _map(law),
        "Part": _map({"share": share, "law": {"$ref": "#/$defs/Law"}, **law}, ["share"]),
        "Variation": _or(whole["Variation"], whole["Variation"]["properties"]["cv"]),
        "ForecastError": _or(whole["ForecastError"], whole["ForecastError"]["properties"]["cv"]),
        "Holidays": _or(whole["Holidays"], dates),
        "DemandHolidays": _or(whole["DemandHolidays"], dates),
        "ServiceLevel": _or(whole["ServiceLevel"], percent_in),
        "Rotation": _or(whole["Rotation"], {"type": "string", "pattern": r"on.*off", "examples": ["4 on 2 off"]}),
        "Stint": _or(whole["Stint"], STRETCH),
        "Staffing": _or(
            _map({**staffing, "file": FILE, "missing": {"const": "zero"}, "table": table})
            | {"patternProperties": _days({"anyOf": [AGENTS, hourly]})},
            AGENTS,
        ),
        "Currency": _or(
            _map({"report": whole["Currency"]["properties"]["report"]})
            | {"patternProperties": {"^[A-Z]{3}$": _or(whole["Worth"], whole["Worth"]["properties"]["rate"])}},
            {"type": "string", "pattern": "^[A-Z]{3}$"},
        ),
        "Licences": _or(whole["Licences"], whole["Licences"]["properties"]["price"]),
        "Governance": _or(whole["Governance"], *whole["Governance"]["properties"].values()),
        "Phase": _or(whole["Phase"], whole["Phase"]["properties"]["scenario"]),
        "BusinessCase": _business_case(whole),
        "Statistic": _statistic(),
        "Raise": _or(whole["Raise"], whole["Raise"]["properties"]["rate"]),
        "Rank": _or(_map({**rank, "pool": name, "pools": {"anyOf": [name, names]}}), name, names),
        "Route": _or(_map({**whole["Route"]["properties"], "ranks": ranks}), ranks),
    }
