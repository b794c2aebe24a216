"""Steps of Python-Markdown that do otherwise than their class, where the result is the same."""
