"""The build: read, render to one side, check, swap in whole. The only part that drives Pelican.

    PELICAN_CLASS = "plugins.Press"

A build writes a fresh folder beside the output and exchanges the two at the end, so the output is always
one whole site, whenever a build is killed; each rebuild of `serve` is such a build. `.broadside.json` in it
names every file that was written. An output folder that holds anything else is refused, never deleted.

Every fault is one line on standard error, `path:line: code: message`; a warning ends in ` [warning]`.
Neither the lines nor the exit status depend on `-q`, `-v` or the width of the terminal.

| mode | what is written | exit status |
|---|---|---|
| author (default) | all that is sound | 1 if there is an error |
| strict (`--fatal warnings`, or `PRESS_STRICT`) | nothing while there is an error or a warning | 1 if there is either |
| strict about errors (`--fatal errors`) | nothing while there is an error | 1 if there is an error |

Settings: `PRESS_STRICT = True` is `--fatal warnings`.
"""
