"""How much of published vocabularies goes in: python -m tests.bench.vocabularies FOLDER

Reads every file of a folder (Turtle, RDF/XML, N-Triples, JSON-LD) against the taxonomy that is shipped, each as if
it were the only one, and says for each how many of its concepts would become capacities, and why the others would
not. Needs no database.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import django

LONGEST_NAME = 56


@dataclass
class Measured:
    """One file: concepts found, those that would go in, and the kinds of refusals."""

    name: str
    found: int = 0
    taken: int = 0
    withdrawn: int = 0
    why: Counter[str] = field(default_factory=Counter)
    unreadable: str = ""


def measure(path: Path) -> Measured:
    """What an import of a file into a site with the shipped taxonomy would do, flattened."""
    from directory.errors import Unreadable
    from directory.models.capacity import own_address
    from directory.taxonomy.concepts import Concept
    from directory.taxonomy.formats import read
    from directory.taxonomy.import_plan import Plan, Stored
    from directory.taxonomy.importer import SHIPPED
    from directory.taxonomy.resolve import Matching

    stored = {
        ours.slug: Stored(ours.parent, ours.wikidata, own_address(ours.slug), ours.name())
        for ours in read(SHIPPED).concepts
    }
    measured = Measured(path.name)

    def refuse(concept: Concept, problem: str) -> None:
        if problem.startswith("withdrawn"):
            measured.withdrawn += 1
        measured.why[re.sub(r"'[^']*'|\d+", "…", problem)] += 1

    try:
        reading = read(path)
    except Unreadable as error:
        measured.unreadable = str(error)
        return measured
    measured.found = len(reading.concepts)
    matching = Matching(reading, stored, flatten=True, refuse=refuse)
    plan = Plan(matching.concepts, stored, with_wikidata="wikidata" in reading.fields, refuse=refuse)
    taken = plan.in_order()
    measured.taken = len(taken)
    assert not any(concept.slug in stored for concept in taken), path
    return measured


def main(folder: Path) -> None:
    """Prints a line for each file, then the sum."""
    everything = [measure(path) for path in sorted(folder.iterdir()) if path.is_file()]
    for one in everything:
        share = f"{100 * one.taken / one.found:5.1f} %" if one.found else "       "
        why = one.unreadable or "; ".join(f"{count} {problem}" for problem, count in one.why.most_common(3))
        print(
            f"{one.name[-LONGEST_NAME:]:<{LONGEST_NAME}} {one.taken:>6} of {one.found:>6} {share}  {why[:160]}"
        )
    found, taken = sum(one.found for one in everything), sum(one.taken for one in everything)
    withdrawn = sum(one.withdrawn for one in everything)
    print(
        f"{len(everything)} files, {found} concepts: {taken} go in, {withdrawn} are withdrawn by their publishers"
    )
    if found:
        print(
            f"{100 * taken / found:.2f} % of all, {100 * taken / max(found - withdrawn, 1):.2f} % of those in use"
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
    sys.path[:0] = ["site", "."]
    django.setup()
    main(Path(sys.argv[1]))
