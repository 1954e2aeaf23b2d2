"""A rule and its tests, good and bad: what the runner of mutants is tried on."""
