"""A flow is data: its states, who may move it from where to where, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from exchange.workflow.models import LogEntry

    Label = str | Promise

Effect = Callable[[Any, "LogEntry"], None]


@dataclass(frozen=True)
class State:
    """One state: what the team calls it, what the other side reads, and whether it ends the flow."""

    name: str
    label: Label
    public_label: Label = ""
    final: bool = False

    def label_for(self, insider: bool) -> Label:
        """The internal label for insiders, the public one for everybody else."""
        return self.label if insider or not self.public_label else self.public_label


@dataclass(frozen=True)
class Transition:
    """One allowed move. `actors` are roles that the object's `roles_of(user)` may answer; "system" is a job."""

    name: str
    sources: tuple[str, ...]
    target: str
    actors: tuple[str, ...]
    label: Label
    needs_reason: bool = False
    reasons: tuple[tuple[str, Label], ...] = ()


@dataclass
class Flow:
    """A named set of states and transitions; effects run in the same database transaction as the move."""

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    initial: str
    effects: dict[str, list[Effect]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {state.name for state in self.states}
        for move in self.transitions:
            unknown = ({*move.sources, move.target}) - names
            if unknown:
                raise ValueError(f"Flow {self.name}: {move.name} names unknown states {sorted(unknown)}")

    def state(self, name: str) -> State:
        """The state of that name. Raises KeyError."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(name)

    def transition(self, name: str) -> Transition:
        """The transition of that name. Raises KeyError."""
        for move in self.transitions:
            if move.name == name:
                return move
        raise KeyError(name)

    def choices(self) -> list[tuple[str, Label]]:
        """For a model's state field."""
        return [(state.name, state.label) for state in self.states]

    def finals(self) -> tuple[str, ...]:
        """Names of the states that end the flow."""
        return tuple(state.name for state in self.states if state.final)

    def open_states(self) -> tuple[str, ...]:
        """Names of the states that do not end the flow."""
        return tuple(state.name for state in self.states if not state.final)

    def available(self, state: str, roles: Iterable[str]) -> list[Transition]:
        """The moves that somebody with these roles may make from a state, in the order declared."""
        mine = set(roles)
        return [move for move in self.transitions if state in move.sources and mine & set(move.actors)]

    def effect(self, *transition_names: str) -> Callable[[Effect], Effect]:
        """Decorator: run this after the named transitions, inside their database transaction."""
        for name in transition_names:
            self.transition(name)

        def register(function: Effect) -> Effect:
            for name in transition_names:
                self.effects.setdefault(name, []).append(function)
            return function

        return register
