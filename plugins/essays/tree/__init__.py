"""Python-Markdown's tree, written as HTML."""
