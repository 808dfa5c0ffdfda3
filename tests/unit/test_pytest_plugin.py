"""The plugin in a pytest of its own: fixtures, once per session, nothing heavy at start."""

from __future__ import annotations

import pytest

from tests.small_desk import SMALL_DESK

pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester):
    """A planner's project with one experiment."""
    (pytester.path / "desk.yaml").write_text(SMALL_DESK, encoding="utf-8")
    return pytester


def test_plugin_is_there_wherever_ccsim_is_installed(project):
    told = project.runpytest_subprocess("--fixtures")
    told.stdout.fnmatch_lines(["ccsim_run*", "assert_service_level*"])


def test_plugin_loads_nothing_heavy_before_it_is_asked(project):
    """Every pytest session pays for what plugins import, also sessions without a contact center."""
    project.makepyfile(
        """
        import sys

        def test_nothing_heavy(ccsim_run):
            assert not {"numpy", "scipy", "pandas", "pydantic", "simpy"} & set(sys.modules)
        """
    )
    project.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.slow
def test_promises_are_tests(project):
    """A kept promise passes; a broken one fails with the command that shows it again."""
    project.makepyfile(
        """
        def desk(ccsim_run):
            return ccsim_run("desk.yaml", workers=1)

        def test_kept(ccsim_run, assert_service_level):
            assert_service_level(desk(ccsim_run), scenario="in-house", contact_type="phone", at_least="30% in 20 s")

        def test_broken(ccsim_run, assert_service_level):
            assert_service_level(desk(ccsim_run), scenario="offshore", contact_type="phone", at_least="90% in 20 s")

        def test_once_per_session(ccsim_run):
            assert desk(ccsim_run) is desk(ccsim_run)
            assert ccsim_run("desk.yaml", workers=1, seed=8) is not desk(ccsim_run)
        """
    )
    told = project.runpytest_subprocess()
    told.assert_outcomes(passed=2, failed=1)
    told.stdout.fnmatch_lines(
        [
            "E*offshore: phone at least 90% in 20 s is refuted",
            "*seed 7; to see it again: ccsim run desk.yaml --scenario offshore --seed 7 --replications 6",
        ]
    )
