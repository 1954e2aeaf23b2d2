"""Views of the directory: thin, one file for each thing one looks at."""
