"""Imports in steps: a file is received, checked (planned, nothing written but the outcomes), then applied
exactly as it was shown, all or nothing, and can be undone.

The preview of a page, the dry run of a command and the commit are one path: bytes, plain rows, typed rows,
plan. This is the way in; what is not named here is the package's own.
"""

from .applying import Saved, apply_batch, load_file, save_in_job
from .by_hand import ByHand, Looked, look_by_hand, save_by_hand
from .checking import Checked, check_batch, check_file, check_in_job, plan_file, recheck_batch
from .life import cancel_batch, fail_batch, tend_batches
from .lines import prune_lines
from .receiving import Received, receive_file
from .reloading import Reloaded, reload_file
from .taking import LOADED, find_taken, record_loaded, record_taken
from .undoing import UndoRefused, plan_undo, undo_batch

__all__ = [
    "LOADED",
    "ByHand",
    "Checked",
    "Looked",
    "Received",
    "Reloaded",
    "Saved",
    "UndoRefused",
    "apply_batch",
    "cancel_batch",
    "check_batch",
    "check_file",
    "check_in_job",
    "fail_batch",
    "find_taken",
    "load_file",
    "look_by_hand",
    "plan_file",
    "plan_undo",
    "prune_lines",
    "receive_file",
    "recheck_batch",
    "record_loaded",
    "record_taken",
    "reload_file",
    "save_by_hand",
    "save_in_job",
    "tend_batches",
    "undo_batch",
]
