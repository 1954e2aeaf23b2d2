"""How good the answers of search are, in numbers with floors: see README.md in this folder."""
