"""``make bench``: timings as ratios, both sides measured in one run on one machine.

A line is a function in a module of this package that returns ``Line`` objects; it joins ``LINES`` in
``__main__.py``. Each says what it compares, the ratio allowed, and what was measured.
"""
