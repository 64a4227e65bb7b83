"""A pause for Python's garbage collector, for work that makes very many small objects at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave the collector aside for as long as the block runs.

    It looks for cycles, and after each so many new objects it walks through all there are. Rows and cells by
    the hundred thousand have no cycles, and the walks would take longer than the work itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
