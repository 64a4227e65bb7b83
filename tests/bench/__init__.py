"""``make bench``: what things cost, held against something else in one run on one machine.

A line is a function in a module of this package that returns ``Line`` (a ratio), ``Limit`` (a figure and the most that
it may be) or ``Page`` objects; the module's ``lines()`` gives them all, and ``__main__.py`` names the module. Some
modules begin with an empty database; the others measure in databases of progress that ``databases`` makes: figures,
decisions upon many reports, pages, and fifty people at once.
"""
