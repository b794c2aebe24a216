"""Locales of pages, and the language of words in another script."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.citations import styles
from plugins.citations.languages import Languages
from plugins.citations.locales import locale_for


@pytest.mark.parametrize(
    ("lang", "style", "own", "locale"),
    [
        ("en", "apa", "", "en-US"),
        ("en", "oscola", "", "en-GB"),
        ("en-US", "oscola", "", "en-US"),
        ("en_gb", "apa", "", "en-GB"),
        ("en-NZ", "apa", "", "en-US"),
        ("de", "oscola", "", "de-DE"),
        ("de-AT", "apa", "", "de-AT"),
        ("de-LI", "apa", "", "de-DE"),
        ("zh-Hans", "apa", "", "zh-CN"),
        ("zh-Hans-CN", "apa", "", "zh-CN"),
        ("zh-Hant", "apa", "", "zh-TW"),
        ("zh-HK", "apa", "", "zh-TW"),
        ("ar", "apa", "", "ar"),
        ("no", "apa", "", "nb-NO"),
        ("sr-Latn", "apa", "", "sr-Latn-RS"),
        ("tlh", "apa", "", "en-US"),
        ("en", "apa", "en-GB", "en-GB"),
    ],
)
def test_locale(lang: str, style: str, own: str, locale: str) -> None:
    """The site's locale comes first, then the page's dialect, then the style's, then the main one of the language."""
    assert locale_for(lang, styles.find(style, Path()), own) == locale


ITEMS = {
    "cn": {"id": "cn", "title": "乡土中国", "language": "zh-CN"},
    "latn": {"id": "latn", "title": "Xiangtu Zhongguo 乡土中国", "language": "zh-Latn"},
    "ja": {"id": "ja", "title": "都市計画", "language": "ja-JP"},
    "translated": {"id": "translated", "title": "中國", "original": {"title": "中國", "language": "zh-Hant"}},
    "fa": {"id": "fa", "title": "گلستان", "language": "fa"},
    "ru": {"id": "ru", "title": "Война и мир", "language": "ru"},
}


@pytest.mark.parametrize(
    ("key", "html", "marked"),
    [
        ("cn", "<em>乡土中国</em> (1947)", '<span lang="zh-CN">乡土中国</span> (1947)'),
        ("latn", "<em>Xiangtu 乡土中国</em>", '<em>Xiangtu <span lang="zh">乡土中国</span></em>'),
        ("none", "<em>Война</em>", '<em><span lang="und-Cyrl">Война</span></em>'),
        ("latn", "Xiangtu 乡土中国, 3", 'Xiangtu <span lang="zh">乡土中国</span>, 3'),
        ("ja", "都市計画", '<span lang="ja-JP">都市計画</span>'),
        ("none", "まちづくり", '<span lang="ja">まちづくり</span>'),
        ("none", "规划（2017—2035年）。", '<span lang="zh">规划（2017—2035年）。</span>'),
        ("translated", "中國", '<span lang="zh-Hant">中國</span>'),
        ("fa", "سعدی گلستان, 3", '<span lang="fa" dir="rtl">سعدی گلستان</span>, 3'),
        ("none", "ابن خلدون", '<span lang="ar" dir="rtl">ابن خلدون</span>'),
        ("ru", "Война и мир, т. 1", '<span lang="ru">Война и мир, т</span>. 1'),
        ("none", "Война", '<span lang="und-Cyrl">Война</span>'),
        ("none", "β-catenin", "β-catenin"),
        ("none", "Πολιτεία", '<span lang="el">Πολιτεία</span>'),
        ("none", '<a href="https://例.example/">x</a>', '<a href="https://例.example/">x</a>'),
        ("none", "plain ‘words’ – é", "plain ‘words’ – é"),
    ],
)
def test_language_of_words(key: str, html: str, marked: str) -> None:
    """Words in another script than the page's name their language: the item's, or the script's likeliest."""
    assert Languages(ITEMS, "en-US").mark(html, [key]) == marked


def test_words_in_the_language_of_the_page() -> None:
    """Words in the page's own language are not marked."""
    assert Languages(ITEMS, "zh-CN").mark("乡土中国", ["cn"]) == "乡土中国"
    assert Languages(ITEMS, "zh-CN").mark("都市計画", ["ja"]) == '<span lang="ja-JP">都市計画</span>'
