"""The script that measures our share of the official CSL test suite, on tests of our own in its format."""

from __future__ import annotations

from pathlib import Path

from benchmarks.csl_suite import measure


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="{class_}" version="1.0">
<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout prefix="{opening}" suffix="{closing}" delimiter="; ">
<text variable="title" font-style="italic"/><group prefix=", "><label variable="locator" form="short" suffix=" "/>
<text variable="locator"/></group></layout></citation>
<bibliography><layout suffix="."><text variable="title"/></layout></bibliography></style>"""
ITEMS = '[{"id": "a", "type": "book", "title": "Roads"}, {"id": "b", "type": "book", "title": "Rivers"}]'


def suite_test(folder: Path, name: str, mode: str, result: str, *, class_: str = "in-text", **sections: str) -> None:
    opening, closing = ("(", ")") if class_ == "in-text" else ("in ", "")
    style = STYLE.format(class_=class_, opening=opening, closing=closing)
    parts = {"MODE": mode, "RESULT": result, "CSL": style, "INPUT": ITEMS, **sections}
    text = "\n".join(f">>===== {key} =====>>\n{value}\n<<===== {key} =====<<" for key, value in parts.items())
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_share(tmp_path: Path) -> None:
    """Citations and bibliographies are compared with their markup; a note may begin and end as pandoc has it."""
    cites = '[[{"id": "a", "locator": "3-5", "label": "chapter", "prefix": "see "}], [{"id": "b"}]]'
    expected = "(see <i>Roads</i>, chaps. 3-5)\n(<i>Rivers</i>)"
    suite_test(tmp_path, "one", "citation", "(<i>Roads</i>; <i>Rivers</i>)")
    suite_test(tmp_path, "two", "citation", expected.replace("3-5", "3–5"), **{"CITATION-ITEMS": cites})
    entries = "".join(f'<div class="csl-entry">{title}.</div>\n' for title in ("Roads", "Rivers"))
    suite_test(tmp_path, "three", "bibliography", f'<div class="csl-bib-body">\n{entries}</div>')
    suite_test(tmp_path, "four", "citation", "in <i>Roads</i>; <i>Rivers</i>", class_="note")
    suite_test(tmp_path, "five", "citation", "(<i>Roads</i>)")
    share = measure(tmp_path)
    assert (share.passed, share.passed_as_note) == (3, 1)
    assert [one.split("\n")[0] for one in share.failed] == ["five"]
