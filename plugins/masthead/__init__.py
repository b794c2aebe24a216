"""The masthead: whose site this is. A fresh clone becomes somebody's own.

    inv init [--name NAME] [--address URL] [--author NAME] [--licence NAME] [--yes] [--again]

`init` asks for what is not given, and then

1. moves the demo out of `content/` into `examples/`, where nothing of it is built;
2. writes the facts into the first lines of `pelicanconf.py`, and changes nothing else there;
3. leaves `content/` with an About page, a draft to begin from, and a bibliography of one work.

Nothing is deleted or overwritten. A site that has files of its own in `content/`, changes there that are not
committed, or `examples/` already, is refused; `--again` leaves those files where they are and does the rest.
There are no settings; this is a command, not a plugin that Pelican runs.
"""
