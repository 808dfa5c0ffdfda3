"""Notebooks are committed without outputs and run from top to bottom."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
SHORT = {"replications": 2, "weeks": 1}
"""What the cell of parameters is replaced by, so that a test takes seconds."""


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shortened(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with few replications of a short period; its parameters must be those that are known here."""
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", ())]
    names = [line.partition(" = ")[0] for line in cell.source.splitlines()]
    cell.source = "\n".join(f"{name} = {SHORT[name]}" for name in names)
    return notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs(path):
    """Outputs in a repository grow stale, and hide what a run really gives."""
    for cell in code_cells(read(path)):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::DeprecationWarning:jupyter_client")
def test_a_notebook_runs_from_top_to_bottom(path):
    """A kernel of its own executes every cell; the first error of a cell is the failure."""
    client = NotebookClient(
        shortened(read(path)), timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
