"""Notebooks are committed without outputs and run from top to bottom."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
OTHERS = [path for path in NOTEBOOKS if path.stem != "business_case"]
SHORT = {"replications": 2, "weeks": 1}
"""What the cell of parameters is replaced by, so that a test takes seconds."""
OF_THE_SLIDE = """
import json
costs = results.ownership().query("basis == 'present value'").set_index(["case", "group"])["mean"]
months = results.break_even_months().set_index("case")["of_mean"]
print(json.dumps([answer, costs["give it away", "difference"], costs["keep it", "total"], months["give it away"]]))
"""
"""What the notebook says in its title, and the numbers that it should have said."""


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shortened(notebook: nbformat.NotebookNode, **known: object) -> nbformat.NotebookNode:
    """The notebook with few replications of a short period; its parameters must be those that are known here."""
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", ())]
    names = [line.partition(" = ")[0] for line in cell.source.splitlines()]
    cell.source = "\n".join(f"{name} = {(SHORT | known)[name]!r}" for name in names)
    return notebook


def execute(notebook: nbformat.NotebookNode) -> None:
    """A kernel of its own executes every cell; the first error of a cell is the failure."""
    where = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs(path):
    """Outputs in a repository grow stale, and hide what a run really gives."""
    for cell in code_cells(read(path)):
        assert cell.outputs == []
        assert cell.execution_count is None


def without_warnings_of_the_kernel(test):
    for package in ("zmq", "jupyter_client"):
        test = pytest.mark.filterwarnings(f"ignore::DeprecationWarning:{package}")(test)
    return test


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path.stem != "business_case"], ids=lambda path: path.stem
)
@without_warnings_of_the_kernel
def test_a_notebook_runs_from_top_to_bottom(path):
    execute(shortened(read(path)))


@pytest.mark.slow
@without_warnings_of_the_kernel
def test_the_slide_of_a_business_case_says_what_its_tables_say(tmp_path):
    """Five replications, the fewest of which anything can be said; the title is put together from the results."""
    notebook = shortened(read(FOLDER / "business_case.ipynb"), replications=5, folder=str(tmp_path / "slide"))
    notebook.cells.append(nbformat.v4.new_code_cell(OF_THE_SLIDE))
    execute(notebook)
    (printed,) = notebook.cells[-1].outputs
    title, difference, keep, month = json.loads(printed["text"])

    assert difference < 0
    assert title.startswith(
        f"To give it away costs {-difference / 1e6:.1f} million USD ({-difference / keep:.0%}) less"
    )
    assert f"paid for itself in month {month:.0f}" in title
    assert {file.name for file in (tmp_path / "slide").iterdir()} == {"slide.png", "slide.svg"}
    assert int.from_bytes((tmp_path / "slide" / "slide.png").read_bytes()[16:20]) == 2200
