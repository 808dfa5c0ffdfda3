"""What if the forecast had been right: the demand of such a scenario is what was forecast, and nothing else changes."""

from __future__ import annotations

import ccsim
from tests.small_contract import SMALL_CONTRACT

SCENARIOS = """\
scenarios:
  surprised:
    change: {contact_types: {phone: {demand: {scale: x1.1, actual: x1.4, forecast_error: {cv: 10%, per: month}}}}}
  right: {extends: surprised, what_if: right_forecast}
"""


def scenarios(tmp_path, text=SMALL_CONTRACT):
    file = tmp_path / "surprised.yaml"
    file.write_text(text.partition("scenarios:")[0] + SCENARIOS, encoding="utf-8")
    return ccsim.load(file).scenarios


def test_a_right_forecast_has_no_errors(tmp_path):
    """Its scale is part of it, and days still differ, which nobody forecasts."""
    both = scenarios(tmp_path)
    wrong, right = (both[name].contact_types["phone"].demand for name in ("surprised", "right"))
    assert (wrong.actual, right.actual) == (1.4, 1)
    assert right.forecast_error is None
    assert wrong.forecast_error is not None
    assert right == wrong.model_copy(update={"actual": 1.0, "forecast_error": None})
    assert right.day_factor == wrong.day_factor is not None


def test_all_else_is_as_in_the_scenario_that_it_extends(tmp_path):
    both = scenarios(tmp_path)
    fields = [field for field in type(both["right"]).model_fields if field not in ("what_if", "contact_types")]
    assert all(getattr(both["right"], field) == getattr(both["surprised"], field) for field in fields)


def test_recorded_contacts_are_what_happened(tmp_path):
    """Beside a forecast that errs there may be a type that was recorded; of that nothing can have been wrong."""
    (tmp_path / "calls.csv").write_text("arrived\n2026-03-30 09:00:00\n2026-03-30 10:30:00\n", encoding="utf-8")
    mail = "  mail: {channel: email, demand: {recorded: {times: calls.csv}}, handle_time: {exponential: 5 min}}\n"
    text = SMALL_CONTRACT.replace("sites:\n", f"{mail}sites:\n")
    both = scenarios(tmp_path, text.replace("handles: {phone: {}}", "handles: {phone: {}, mail: {}}"))
    assert both["right"].contact_types["mail"] == both["surprised"].contact_types["mail"]
