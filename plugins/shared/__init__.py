"""What every plugin may use: problems, settings, the HTML tree, markers, source lines, files. Knows nobody."""
