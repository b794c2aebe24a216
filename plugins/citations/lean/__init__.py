"""Leave out of a style what a page has no use for.

Pandoc reads the style again for each page, and most of a style is about works that the page does not cite: of the
quarter of a million bytes of Chicago's notes, a page about books needs a tenth. What is left out here can neither be
reached nor print anything for the page's works, so that its citations come out the same, byte for byte.
"""
