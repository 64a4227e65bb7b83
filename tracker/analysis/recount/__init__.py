"""The figures once more, by another way: to find where the engine, or a row under it, is wrong.

The engine reads the tables in SQL. The recount takes what the history says of every row last, works it out by the
rules in plain Python, one indicator after the other, and shares no code with the engine. A row that was changed
behind the history's back gives the engine a figure that the recount does not get, and is named.
"""
