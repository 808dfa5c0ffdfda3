"""The log of a center with journeys: whose visit it is, what brought it, who was called, who stood in."""

from __future__ import annotations

import pytest

from tests.small_journeys import small_journeys


@pytest.fixture(scope="module")
def log():
    return small_journeys().log("offshore")


def test_every_visit_but_the_first_follows_one_of_the_same_customer(log):
    visits = log.visits.set_index("visit")
    before = visits[visits["next"].notna()]
    after = visits.loc[before["next"].astype(int)]
    assert len(after) == (visits["cause"] != "first").sum() > 100
    assert (after["customer"].to_numpy() == before["customer"].to_numpy()).all()
    assert (after["attempt"].to_numpy() == before["attempt"].to_numpy() + 1).all()


def test_visits_that_would_have_come_after_the_end_of_the_run_are_not_told(log):
    """The run-on is drawn whole, but the run stops when the counted customers are done."""
    assert log.visits["arrived_s"].max() <= log.spells["ends_s"].max()


def test_causes_follow_from_what_became_of_the_visit_before(log):
    """Retrials after a visit that was not answered, recontacts after one that did not resolve, transfers after both."""
    visits = log.visits.set_index("visit")
    before = visits[visits["next"].notna()]
    cause = visits.loc[before["next"].astype(int), "cause"].to_numpy()
    assert set(before["outcome"][cause == "retrial"]) == {"abandoned", "disconnected"}
    assert set(before["resolved"][cause == "recontact"]) == {0.0}
    assert before["resolved"][cause == "transfer"].isna().all()
    assert set(visits.loc[before["next"].astype(int), "contact_type"][cause == "transfer"]) == {"tier2"}


def test_who_took_a_callback_was_offered_one_and_dialed(log):
    visits = log.visits
    took = visits[visits["accepted"] == 1]
    assert len(took) > 100
    assert took["offered_s"].notna().all()
    assert not (took["expected_wait_s"] <= 60).any()
    assert (took[took["outcome"] == "answered"]["dialed"] >= 1).all()
    assert (took[took["outcome"] == "unreached"]["dialed"] == 3).all()


def test_an_outage_stands_among_what_kept_agents_from_contacts(log):
    """From 10:00 in Manila on 11 March for two hours, and up to half an hour until each is back."""
    spells = log.spells
    down = spells[spells["blocks"].str.contains("outage")]
    assert len(down) >= 1
    for text in down["blocks"]:
        begins, ends = map(int, text.split("outage ")[-1].split(" ")[0].split("-"))
        assert 0 < ends - begins <= 2.5 * 3600


def test_spells_say_who_stood_in_and_who_was_called(log):
    kinds = set(log.spells["kind"])
    assert {"on duty", "on call", "bench"} <= kinds
    assert log.spells["sent_home"].any()
