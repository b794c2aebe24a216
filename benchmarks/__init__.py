"""Reproducible measurements. `make bench` builds a folder of essays beside plain Pelican and prints the ratio.

    make bench                              the demo essays, repeated to 500
    make bench BENCH_ESSAYS=path/to/essays  the essays of a folder, as they are

Both sides are built cold in scratch folders, in turns, in one run. The ratio is the result; the seconds are
those of one machine on one day.
"""
