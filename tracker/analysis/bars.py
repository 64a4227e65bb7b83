"""Bars: a share as a tiny inline SVG, one for every row of a table; the number beside it says the same."""

from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from .palette import ACCENT, HAIRLINE

WIDTH, HEIGHT = 120, 10


def share_bar(share: Decimal | None) -> SafeString:
    """A bar from 0 to 1, full where the share is more; decoration, and nothing for no share or less than 0."""
    if share is None or share < 0:
        return SafeString("")
    across = min(share, Decimal(1)) * WIDTH
    # Safe: numbers and the constants of this module only.
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="share-bar" aria-hidden="true" focusable="false"'
        f' width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{HAIRLINE}"/>'
        f'<rect width="{across:.1f}" height="{HEIGHT}" fill="{ACCENT}"/></svg>'
    )
