"""Mutation tests: small faults put into the rules of the house, to see whether a test notices each.

`python -m tests.mutation --help`. `rooms.py` says which code is tried and by whose tests, `mutants.py` makes the faults
(mutmut's operators), `traces.py` knows which test runs which line, `worker.py` tries a mutant in a fork of a pytest
that has already begun, `report.py` writes what survived.
"""
