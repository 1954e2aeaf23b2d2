"""Each flow as a picture and as two tables: its states with whose turn it is, and its moves with who may make them."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from exchange.home.drawings.markdown import mermaid, page, table
from foundation.workflow.flows import NOBODY, TIME, Flow, State
from foundation.workflow.models import Flowing

# A move that leads away from many states would hide the others: it stands below the picture.
MOST_SOURCES = 3
INTRO = (
    "An exchange, a request, an enrolment: each has a flow, which is data in its room's `flows.py`. A state says whose"
    " turn it is; a move says from where, to where and who may make it. The system is a job, or what follows from"
    " another move. Every move is written into one log. Why it is so: [decision 4](decisions/0004-flows-as-data.md)."
)


def flows() -> list[tuple[type[Flowing], Flow]]:
    """Every model that goes through a flow, with it: rooms in the order of the alphabet."""
    found = [(model, model.flow) for model in apps.get_models() if issubclass(model, Flowing)]
    return sorted(found, key=lambda pair: (pair[0]._meta.app_label, pair[1].name))


def draw_flows() -> str:
    """The page on all flows."""
    return page("Flows", INTRO, (_piece(model, flow) for model, flow in flows()))


def whose(turn: tuple[str, ...]) -> str:
    """Who acts next, in words."""
    words = {TIME: "nobody, until its time has come", NOBODY: "nobody: it has ended"}
    return " or ".join(words.get(role, role) for role in turn)


def _piece(model: type[Flowing], flow: Flow) -> str:
    states = table(
        ["state", "called", "by the other side", "who acts next"],
        ([f"`{one.name}`", one.label, one.public_label, whose(one.turn)] for one in flow.states),
    )
    moves = table(
        ["move", "called", "from", "to", "who may", "a reason"],
        (
            [
                f"`{move.name}`",
                move.label,
                ", ".join(move.sources),
                move.target,
                ", ".join(move.actors),
                "needed" if move.needs_reason else "may be chosen" if move.reasons else "",
            ]
            for move in flow.transitions
        ),
    )
    title = f"## {flow.name[0].upper()}{flow.name[1:]}\n\nThe states of `{model._meta.label}`."
    return "\n\n".join([title, mermaid(_picture(flow)), *_not_drawn(flow), states, moves])


def _picture(flow: Flow) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in flow.states:
        yield f"  {state.name}: {_words(state)}"
    yield f"  [*] --> {flow.initial}"
    edges: dict[tuple[str, str], list[str]] = {}
    for move in flow.transitions:
        for source in move.sources if len(move.sources) <= MOST_SOURCES else ():
            edges.setdefault((source, move.target), []).append(f"{move.name} ({', '.join(move.actors)})")
    for (source, target), names in edges.items():
        yield f"  {source} --> {target}: {', '.join(names)}"
    for state in flow.states:
        if state.final:
            yield f"  {state.name} --> [*]"


def _words(state: State) -> str:
    if state.final:
        return str(state.label)
    turn = " or ".join("time" if role == TIME else role for role in state.turn)
    return f"{state.label} (next: {turn})"


def _not_drawn(flow: Flow) -> list[str]:
    names = [
        f"`{move.name}` to {move.target} ({', '.join(move.actors)})"
        for move in flow.transitions
        if len(move.sources) > MOST_SOURCES
    ]
    return [f"Not drawn, since they may happen in many states: {'; '.join(names)}."] if names else []
