from __future__ import annotations

from datetime import UTC, datetime

from plugins.discovery.metadata import Subject, page_metadata


def test_an_essay_says_what_is_known_of_it() -> None:
    """Texts are as they are, dates are ISO 8601, each author and tag has its own line."""
    subject = Subject(
        kind="article",
        address="https://a.example/x/",
        title='“A” & "b"',
        site="Site",
        language="en",
        summary="What <it> says.",
        authors=("Ann", "Bo"),
        tags=("t",),
        date=datetime(2016, 1, 2, tzinfo=UTC),
    )
    found = page_metadata(subject)

    assert ("property", "og:title", '“A” & "b"') in found
    assert ("property", "article:published_time", "2016-01-02T00:00:00+00:00") in found
    assert [content for _, name, content in found if name == "DC.creator"] == ["Ann", "Bo"]
    assert all(content for _, _, content in found)


def test_what_is_not_known_is_left_out() -> None:
    """A page has no date, no authors, and no image whose description could stand alone."""
    subject = Subject("website", "https://a.example/", "T", "S", "en", image_alt="alone")

    assert {name for _, name, _ in page_metadata(subject)} == {
        "og:type", "og:title", "og:url", "og:site_name", "DC.title", "DC.publisher", "DC.language", "DC.identifier",
    }  # fmt: skip
