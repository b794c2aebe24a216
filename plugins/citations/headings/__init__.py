"""Headings that name an author by key: the table of contents and the ids of headings leave keys out."""
