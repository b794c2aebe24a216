"""What a published commit says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.publishing.model import Clone, Options, Past


_NAMED = 20  # commits that a rollback lists as undone


def message_of(options: Options, clone: Clone) -> str:
    """Return the message of a published site: the one asked for, or one that names its source, and trailers."""
    dirty = " with uncommitted changes" if clone.changed else ""
    words = options.message.strip() or f"Publish {clone.commit[:12]}{dirty}: {clone.subject}"
    trailers = [f"Source: {clone.commit}", *(["Uncommitted-Changes: yes"] if dirty else [])]
    return "\n".join((words, "", *trailers, ""))


def rollback_message(past: Sequence[Past]) -> str:
    """Return the message of a rollback from the first commit to the last."""
    *undone, to = past
    lines = [f"- {each.sha[:12]} {each.subject}" for each in undone[:_NAMED]]
    more = [f"- and {len(undone) - _NAMED} more"] if len(undone) > _NAMED else []
    trailers = [f"Rollback-To: {to.sha}", *([f"Source: {to.source}"] if to.source else [])]
    return "\n".join(
        (f"Roll back to {to.sha[:12]} of {to.date}: {to.subject}", "", "Undone:", *lines, *more, "", *trailers, "")
    )
