"""Reproducible measurements. `make bench` builds essays beside plain Pelican, times edits, and prints ratios.

    make bench                              builds, then edits: the demo essays, repeated
    make bench BENCH_ESSAYS=path/to/essays  the essays of a folder
    make bench BENCH=citing                 one alone: builds, edits, citing, memory

All sides are built in scratch folders, in turns, in one run. The ratio is the result; the seconds are those of one
machine on one day.
"""
