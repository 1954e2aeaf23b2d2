"""A flow is data: its states, who may move it from where to where, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from foundation.workflow.models import LogEntry

    Label = str | Promise

Effect = Callable[[Any, "LogEntry"], None]

# Whose turn it is where it is no person's: time passes until a job moves it, or it is over.
TIME = "time"
NOBODY = "nobody"


@dataclass(frozen=True)
class State:
    """One state: what the team calls it, what the other side reads, who acts next, and whether it ends the flow.

    `turn` names the roles of which any may act next; several of them are "either of the two". It is TIME where
    nobody need do anything until a job moves it, and nobody's, without being said, where the flow has ended.
    """

    name: str
    label: Label
    public_label: Label = ""
    turn: tuple[str, ...] = ()
    final: bool = False

    def __post_init__(self) -> None:
        if self.final:
            if self.turn not in ((), (NOBODY,)):
                raise ValueError(f"The state {self.name} ends its flow, so it is nobody's turn there.")
            object.__setattr__(self, "turn", (NOBODY,))

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
    """A named set of states and transitions; effects run in the same database transaction as the move.

    `elsewhere` names roles that act next in some state, but in another flow whose effects move this one.
    Refused, with a ValueError: unknown states, a state in which it is nobody's turn though it goes on, and a turn of
    somebody who has no move there.
    """

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    initial: str
    elsewhere: tuple[str, ...] = ()
    effects: dict[str, list[Effect]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {state.name for state in self.states}
        for move in self.transitions:
            unknown = ({*move.sources, move.target}) - names
            if unknown:
                raise ValueError(f"Flow {self.name}: {move.name} names unknown states {sorted(unknown)}")
        for state in self.states:
            if not state.turn or (NOBODY in state.turn and not state.final):
                raise ValueError(f"Flow {self.name}: nobody acts next in {state.name}. Say whose turn it is.")
            idle = set(state.turn) - {NOBODY} - set(self.elsewhere) - self._movers(state.name)
            if idle:
                raise ValueError(
                    f"Flow {self.name}: {sorted(idle)} cannot act in {state.name}, so it is not their turn"
                )

    def _movers(self, state: str) -> set[str]:
        """Who has a move from a state; the system's are time's."""
        roles = {role for move in self.transitions if state in move.sources for role in move.actors}
        return {TIME if role == "system" else role for role in roles}

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

    def awaiting(self, role: str) -> tuple[str, ...]:
        """Names of the states that wait for this role and for no other."""
        return tuple(state.name for state in self.states if state.turn == (role,))

    def waits_for(self, state: str, roles: Iterable[str]) -> bool:
        """Whether it waits for somebody with these roles alone; where either of two may act, it waits for neither."""
        turn = self.state(state).turn
        return len(turn) == 1 and turn[0] in set(roles)

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
