"""How much may one article take? Its time and its worker's memory have a limit; a worker never outlives its run."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path

SECONDS = 60.0  # for an article
MEGABYTES = 2000  # for a worker, above what it starts with
STUCK = 2  # times its limit, and an article that cannot even be interrupted ends its worker


class TimeUp(BaseException):  # a signal, as KeyboardInterrupt is; no `except Exception` swallows it
    """An article took too long."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeUp inside after `seconds`, where signals are heard: in the main thread.

    In a worker process, code that never comes back to Python ends the process a little later.
    """
    heard = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if is_worker():
        faulthandler.dump_traceback_later(STUCK * seconds, exit=True, file=SILENCE)
    if heard:
        before = signal.signal(signal.SIGALRM, time_is_up)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, should the first be lost in a callback
    try:
        yield
    finally:
        if heard:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if is_worker():
            faulthandler.cancel_dump_traceback_later()


def time_is_up(*_: object) -> None:
    """The handler of the alarm."""
    raise TimeUp


def is_worker() -> bool:
    """Whether this process may end itself."""
    return multiprocessing.parent_process() is not None


SILENCE = Path(os.devnull).open("wb")  # noqa: SIM115  # a worker that gets stuck writes its traceback here


def start_worker(megabytes: int) -> None:
    """What a worker process does first: leave Ctrl-C to its parent, end with it, and limit its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    limit_memory(megabytes)


def end_with_parent() -> None:
    """Ends this process when its parent is gone, even one killed without a word."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """From here on this process gets `megabytes` more, then MemoryError; only where the system counts data (Linux)."""
    if sys.platform != "linux" or not megabytes:
        return
    import resource  # noqa: PLC0415  # not there on every system

    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    used = int(status["VmData"].split()[0]) * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (used + megabytes * 1_000_000, hard))
