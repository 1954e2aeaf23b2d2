"""The roof: home page, standard pages, capacity pages, "for you", statistics, and the page cache.

May import every room; no room imports it."""
