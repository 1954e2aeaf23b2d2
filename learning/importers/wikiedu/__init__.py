"""Wiki Education's training content: YAML files with Markdown bodies.

`reader` turns files into `records`, `body` turns Markdown into `pieces`, `load` turns both into pages.
Everything but the loading modules is plain Python, so that it runs and is tested without a database.
"""
