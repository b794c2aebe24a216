"""Publishing: a strict build, pushed with ghp-import to a branch of a git remote.

    inv publish [--remote origin] [--branch gh-pages] [--message TEXT] [--dry-run] [--dirty] [--shrink]
                [--dotfile NAME] [--rewritten join|accept]
    inv rollback [N] [--list] [--dry-run] [--remote origin] [--branch gh-pages] [--rewritten join|accept]

`publish` builds `output/` with `publishconf.py` and `--fatal warnings`, and adds one commit to the branch on
top of what is published there. Nothing is forced, and no branch of the clone is touched: ghp-import works on a
branch of its own, which is removed afterwards; what it made is compared with the manifest, byte for byte. The
message names the commit the site was made from, and so does its trailer `Source:`.

Published is the output as its manifest lists it, with the manifest (`.broadside.json`, so that anyone can
check what was published) and `.nojekyll`. What the host reads (`CNAME`, `.domains`, `.nojekyll`) stays as it is
published where the output has none of its own.

Refused, in one line and with nothing pushed: a build with a problem, an output that is empty or differs from
its manifest, hidden files not listed, symbolic links, more than a fifth fewer pages than are published (unless
`--shrink`), a branch that is checked out or holds sources, a remote that does not exist, uncommitted changes in
what the site is made from (unless `--dirty`), a branch that lost what was published from here (unless
`--rewritten` says how to go on).

`rollback` publishes the site of the N-th commit before the present one, as a new commit on top.

What was published last is remembered in `refs/broadside/published/<remote>/<branch>` of the clone.
There are no settings; this is a command, not a plugin that Pelican runs.
"""
