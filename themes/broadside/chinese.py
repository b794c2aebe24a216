"""What a page may show of Chinese that no author wrote: dates, and the words of citation styles."""

from __future__ import annotations

import re
from collections.abc import Iterable


#: Punctuation, whether or not it is printed today: an author who adds a comma should see one. Dashes and quotation
#: marks are those of the Latin fonts.
PUNCTUATION = frozenset("，。、；：？！「」《》〔〕（）")
#: A Chinese page says when its essay was published.
DATES = frozenset("年月日")
#: The terms of CSL's zh-CN and zh-TW, such as those for page, volume, editor and "and others".
SIMPLIFIED = frozenset(
    "上不中主于介从他作例信元入公共其册出函分前印即卷参及发取受号同名和品图在导将年引总指收数无日月期本栏校段比氏注演版章篇约线绘络编网翻考者脚节落著行表见订访译详读载辑送部采际页"
)
TRADITIONAL = frozenset(
    "上不中主互人介他作例信元入共其冊出函分前印即卷參及取受同名品員圖將導師年引從指採收數於日月期本校欄段比氏演無版發章節篇約網線編總繪翻考者聯腳落著行表西見訪註評詳論譯讀載輯部頁點"
)
#: Where an essay or a site says that it is in Chinese; the language of a cited work changes no words of a style.
_IN_CHINESE = re.compile(r"^(?:default_)?lang\s*[:=]\s*[\"']?(zh(?:[-_]\w+)*)", re.M | re.I)
_TRADITIONAL = frozenset({"hant", "hk", "mo", "tw"})


def unwritten(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters that pages made of these texts may show though they stand in none."""
    tags = {tag.replace("_", "-").lower() for text in texts for tag in _IN_CHINESE.findall(text)}
    terms = (SIMPLIFIED if _TRADITIONAL.isdisjoint(tag.split("-")) else TRADITIONAL for tag in tags)
    return PUNCTUATION.union(DATES, *terms)
