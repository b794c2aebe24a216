"""Where the demo is: in `content/`, or in `examples/` once the site is somebody's own (`inv init`)."""

from __future__ import annotations

from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
OWNED = (ROOT / "examples").is_dir()
DEMO = ROOT / ("examples" if OWNED else "content")
