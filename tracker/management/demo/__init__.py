"""The demonstration's invented figures. Pure but for ``reading``: drawn from the codes alone, by no clock.

Subjects say what is measured where, outlooks what is planned and how it goes, values what is reported, story
which reports there are and how far each has come. Only ``random.Random.random`` is used, seeded by codes: the
same strategy gives the same figures on every machine.
"""
