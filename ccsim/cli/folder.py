"""Where a run writes: a new or empty folder, known to be writable before anything is simulated."""

from __future__ import annotations

import re
import time
from pathlib import Path

from ccsim.cli.sentences import Code, stop


def chosen_folder(out: Path | None, title: str) -> Path:
    """The folder asked for, or a new one under ``results``; made now, so that no run is lost for want of a place."""
    folder = out or free(Path("results"), f"{short(title)}-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise stop(f"{folder}: exists and is not empty; choose another folder with --out", Code.USAGE)
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".writable"
        trial.touch()
        trial.unlink()
    except NotADirectoryError:
        raise stop(
            f"{folder}: a file stands where the folder should be; choose another with --out", Code.USAGE
        ) from None
    except OSError as error:
        told = (
            f"{folder}: cannot be written ({(error.strerror or str(error)).lower()}); choose another folder with --out"
        )
        raise stop(told, Code.USAGE) from None
    return folder


def free(parent: Path, name: str) -> Path:
    """``parent/name``, or with -2, -3, ... if that exists."""
    folder, number = parent / name, 1
    while folder.exists():
        number += 1
        folder = parent / f"{name}-{number}"
    return folder


def short(title: str) -> str:
    """A title as the name of a folder: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50].rstrip("-") or "experiment"
