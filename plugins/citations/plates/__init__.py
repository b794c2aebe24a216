"""Print what many pages cite once: a page all of whose citations stand is put together without pandoc.

A plate is one citation of one work as a style prints it in one position, or a work's entry. Plates are cast in a style
that tells no works apart, and serve a page only where pandoc would find nothing to tell apart there (`apart.py`), no
entry to shorten after the one before (`entries.py`), and the style counts no works (`qualities.py`). All else is
formatted as ever.
"""
