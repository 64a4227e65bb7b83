"""How much a drawn test draws, and the texts that worlds are drawn with.

A test marked by ``drawn`` draws a few worlds in the ordinary suite; ``make soak`` runs it again with ``DRAWS``
times as many.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st


def drawn(*, examples: int) -> Callable[[Any], Any]:
    """Draw so many worlds, or as many times more as the environment's ``DRAWS`` says."""
    how = settings(
        max_examples=examples * int(os.environ.get("DRAWS", "1")),
        deadline=None,
        # A world takes long to make, and what fails is not made smaller: the blob that is printed makes it again.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )

    def mark(test: Any) -> Any:
        return pytest.mark.drawn(how(test))

    return mark


# What people type, and what pasting from other programs leaves behind.
_AWKWARD = (
    "=1+1", "+7 abc", "-5 apples", "@x", "'=1+1", "''quoted", "'", '"', 'a "b", c', "a;b\tc", "\\",
    "12", "012", "1,234", "1.234", "1e5", "-7", "40 %", "2021-12-31", "31.12.2021", "2021-Q3", "TRUE", "yes", "-",
    "two\nlines", "two\r\nlines", "two\rlines", "  spaces around ", "no-break\u00a0space\u202f", "thin\u2009",
    "zero\u200bwidth", "\ufeffmark", "soft\u00adhyphen\u00ad", "\u202eturned\u202c", "a\u2028b", "a\u0085b",
    "\x0bvertical", "form\x0cfeed", "unit\x1fseparator", "\x01", "_x000D_", "_x0041_", "&amp;<b>", "]]>",
    "Кыргызстан", "საქართველო", "Հայաստան", "e\u0301", "𐍈 😀", "\uffff", "#hashtag", "ерш — «ёж»",
    "x" * 5_000, "Ж" * 32_000, "😀" * 16_383,
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(_AWKWARD),
    st.text(alphabet="=+-@'\";, \n\t\r\u00a0\u200bAz09.%<>&Жქ", min_size=1, max_size=12),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
)


def texts_within(most: int) -> st.SearchStrategy[str]:
    """Awkward texts of at most so many characters."""
    return texts.map(lambda text: text[:most])
