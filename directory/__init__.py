"""Directory: the taxonomy of capacities, people, organisations, offers and needs, matching, exchanges.

It never imports learning or mentoring: it meets their content through the index, by capacity."""
