"""What continuous integration needs to hear: annotations, changed pages, known vulnerabilities.

    make check 2>&1 | python -m plugins.workflows annotations
    python -m plugins.workflows changes [--since HEAD^]
    python -m plugins.workflows audit LOCK …

`annotations` hands on what it reads, and then repeats each problem, `path:line: code: message`, as a command that
GitHub shows in the diff. Nothing in a message can become a command of its own.

`changes` builds an earlier commit and the present files, and lists the pages that differ, as Markdown.

`audit` looks every pin of the lock files up, on whatever platform it is for, with pip-audit. It ends with 1 if a
known vulnerability is found. Where the service cannot be asked, about all or about some, it says "not audited" and
ends with 0: that is no pass, and no failure of the site's either.

There are no settings; these are commands, not a plugin that Pelican runs.
"""
