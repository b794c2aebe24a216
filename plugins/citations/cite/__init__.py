"""What `inv cite` does: list keys, add works, and tell editors what may be written.

Nothing here asks the network or writes a file: that is `plugins/citations/__main__.py`.
"""

from __future__ import annotations
