"""Where the demo is: in `content/`, or in `examples/` once the site is somebody's own (`inv init`)."""

from __future__ import annotations

from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
OWNED = (ROOT / "examples").is_dir()
DEMO = ROOT / ("examples" if OWNED else "content")

# The demo's facts: what the tests build is the same whoever owns the site.
FACTS = {
    "SITENAME": "Broadside",
    "SITESUBTITLE": "Essays on public power, with their evidence",
    "SITEURL": "https://broadside.example",
    "AUTHOR": "The editor of Broadside",
    "LICENSE": "CC BY 4.0",
    "LICENSE_URL": "https://creativecommons.org/licenses/by/4.0/",
}
