"""Publishing: a strict build, pushed with ghp-import to a branch of a git remote.

    inv publish [--remote origin] [--branch gh-pages] [--message TEXT] [--dry-run] [--dirty]

Builds `output/` with `publishconf.py` and `--fatal warnings`, and adds one commit to the branch on top of
what is published there. Nothing is forced, and no branch of the clone is touched: the commit is made on a
branch of its own, which is removed afterwards. The message names the commit the site was made from.

Published is the output as its manifest lists it, with the manifest (`.broadside.json`, so that anyone can
check what was published) and `.nojekyll`. A `CNAME` comes from `content/extra/CNAME`; where there is none,
the published one is kept.

Refused, in one line and with nothing pushed: a build with a problem, an output that is empty or differs
from its manifest, a branch that is checked out or holds the sources, a remote that does not exist,
uncommitted changes in what the site is made from (unless `--dirty`).

There are no settings; this is a command, not a plugin that Pelican runs.
"""
