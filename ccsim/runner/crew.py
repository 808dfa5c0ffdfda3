"""Who does the work: this process, or several worker processes of which none outlives the run."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing, contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, TypeVar

from ccsim.errors import SimulationError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from ccsim.plan import Plan

Done = TypeVar("Done")

CONTACTS_PER_WORKER = 200_000
"""Starting a worker process takes about as long as simulating this many contacts."""
POLL = 0.1
"""How soon Ctrl-C is noticed while workers work. [s]"""


def suitable_workers(plans: Sequence[Plan], replications: int) -> int:
    """One process per core, but no more than there is work for."""
    import loky

    contacts = replications * sum(float(plan.forecast.piece_contacts.sum()) for plan in plans)
    cores: int = loky.cpu_count()
    return max(1, min(cores, replications, round(contacts / CONTACTS_PER_WORKER)))


def finish(
    crew: Executor | None,
    task: Callable[[int], Done],
    numbers: Iterable[int],
    finished: dict[int, Done],
    until: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """
    Do the tasks of these numbers, with the workers of ``hands``, and put what comes of them into ``finished``.

    There it stays if Ctrl-C raises KeyboardInterrupt in the midst. ``progress`` is told how many are finished, and
    ``until`` how many.
    """
    with closing(alone(task, numbers) if crew is None else together(crew, task, numbers)) as done:
        for number, result in done:
            finished[number] = result
            if progress is not None:
                progress(len(finished), until)


def alone(task: Callable[[int], Done], numbers: Iterable[int]) -> Generator[tuple[int, Done], None, None]:
    """Tasks one after the other, in this process. Ctrl-C raises KeyboardInterrupt, the one in hand is lost."""
    for number in numbers:
        yield number, task(number)


def together(
    executor: Executor, task: Callable[[int], Done], numbers: Iterable[int]
) -> Generator[tuple[int, Done], None, None]:
    """
    What the workers have done, as it comes, in no order.

    Ctrl-C raises KeyboardInterrupt between two of them, never inside the executor's own machinery, whose locks
    would not survive it.
    """
    with held_interrupts() as interrupted:
        with masked_interrupts():
            working: dict[Future[Done], int] = {executor.submit(task, number): number for number in numbers}
        while working:
            done, _ = wait(working, timeout=POLL, return_when=FIRST_COMPLETED)
            for future in done:
                yield working.pop(future), home(future)
            if interrupted.is_set():
                raise KeyboardInterrupt


def home(future: Future[Done]) -> Done:
    """The result of a worker; one that died takes the run with it."""
    try:
        return future.result()
    except BrokenExecutor as problem:
        raise SimulationError(
            f"a worker process was ended from outside, perhaps for want of memory; try fewer workers ({problem})"
        ) from problem


@contextmanager
def hands(workers: int, executor: Executor | None) -> Iterator[Executor | None]:
    """Somebody else's workers, or worker processes of our own, or None: this process does the work."""
    if executor is not None:
        with borrowed(executor) as lent:
            yield lent
    elif workers > 1:
        with hired(workers) as own:
            yield own
    else:
        yield None


@contextmanager
def borrowed(executor: Executor) -> Iterator[Executor]:
    """Workers of somebody else, who get no more work of ours if the run did not end well."""
    given: list[Future[Any]] = []

    class Lent(Executor):
        def submit(self, task: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            given.append(executor.submit(task, *arguments, **named))
            return given[-1]

    try:
        yield Lent()
    finally:
        for future in given:
            future.cancel()


@contextmanager
def hired(workers: int) -> Iterator[Executor]:
    """Worker processes, which are let go at the end and killed if the run did not end well."""
    import loky
    from loky.backend import resource_tracker as loky_tracker

    # Starting a tracker unmasks Ctrl-C, so they are started before any worker (see masked_interrupts).
    resource_tracker.ensure_running()
    loky_tracker.ensure_running()
    executor = loky.ProcessPoolExecutor(workers, initializer=ignore_interrupts)
    well = False
    try:
        yield executor
        well = True
    finally:
        executor.shutdown(wait=True, kill_workers=not well)


def ignore_interrupts() -> None:
    """Ctrl-C goes to all processes of the terminal; the parent alone decides what follows."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def masked_interrupts() -> Iterator[None]:
    """Processes started here never see Ctrl-C, not even while they import; for this one it is put off until the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def held_interrupts() -> Iterator[threading.Event]:
    """Ctrl-C sets the event instead of raising; only the main thread may say so, elsewhere it is never set."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
