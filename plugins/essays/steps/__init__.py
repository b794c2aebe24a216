"""Python-Markdown's steps, each taken only where it can act.

Python-Markdown searches every block for some fifteen kinds of block, and every stretch of words for as many inline
patterns. What most of them match cannot be without a certain sign: no quotation without `>`, no link without `[`. To
look for a sign takes a small part of the time, and where it is missing, the step would have found nothing.
"""

from __future__ import annotations
