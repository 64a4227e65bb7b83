"""Runs a part of the tracker (web, worker, beat) that ends with whoever started it, however that one ends.

    python -m tracker.management.lifeline DESCRIPTOR MODULE ARGUMENTS...

DESCRIPTOR is the reading end of a pipe. Its other end is held by the starter alone and never written to: the
kernel closes it as the starter ends, by `kill -9` too. A thread here waits for that and then asks its own
process to stop, as the starter would have done; what has not stopped in time is killed with all its children.

Why a pipe: it works on every POSIX system, a part that begins after its starter's end sees it too, and there
is no number of a process that could be somebody else's by now. (Linux's PR_SET_PDEATHSIG is dropped by some
programs, must be set again by every generation, and also fires when a mere thread of the starter ends.)
"""

import os
import runpy
import signal
import sys
import threading
import time

STOP_SECONDS = 15
"""How long a part may take to stop before it is killed; also for whoever stops it in the ordinary way."""


def main(descriptor: int, module: str, arguments: list[str]) -> None:
    """Run a module as `python -m` would. It leads a process group of its own, of which its children are."""
    threading.Thread(target=_follow, args=(descriptor,), name="lifeline", daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _follow(descriptor: int) -> None:
    """Wait for the starter's end, then stop. A forked child has no such thread: its parent stops it."""
    os.read(descriptor, 1)  # comes back at the end of the file, which is the starter's
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
