"""What a code that nobody knows was meant to be."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.common.lookalikes import fold_lookalikes

MOST = 5
NEARNESS = 0.6
FEW = 25
"""Where there are no more of a kind than this, and none is near, all of them are shown."""


@dataclass(frozen=True)
class Near:
    """Something that is known: its code, what it is called, its address (empty where it has no page)."""

    code: str
    title: str
    url: str


def near_codes(code: str, known: Mapping[str, str]) -> list[str]:
    """Codes like this one, the nearest first: in other letters or another case, with a typing mistake, or the
    beginning of longer ones; all of them where they are few and none is like it. ``known`` are titles by code.
    """
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    meant = fold_lookalikes(code).casefold().strip()
    if meant in folded:
        return [folded[meant]]
    longer = [each for each in sorted(folded) if meant and each.startswith(meant)]
    like = difflib.get_close_matches(meant, folded, n=max(1, len(folded)), cutoff=NEARNESS)
    # Of those that are equally near difflib gives the last ones first.
    like.sort(key=lambda each: (-difflib.SequenceMatcher(None, each, meant).ratio(), each))
    found = list(dict.fromkeys([*longer, *like]))[:MOST]
    if not found and len(known) <= FEW:
        return sorted(known, key=lambda each: known[each])
    return [folded[each] for each in found]
