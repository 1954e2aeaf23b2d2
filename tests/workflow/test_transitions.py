"""Moving along a flow: who may, from where, what is written, what follows. Tried on a real flow, the exchange."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Exchange
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.flows import NOBODY, TIME, Flow, State, Transition
from foundation.workflow.models import LogEntry
from foundation.workflow.services import transition, transition_locked
from tests.factories.accounts import UserFactory
from tests.factories.directory import ExchangeFactory
from tests.factories.mentoring import ProposalFactory
from tests.races import at_once, meet_after, needs_racing, without_locks


@pytest.fixture
def asked(db):
    return ExchangeFactory()


def owner_of(exchange):
    return exchange.owner.user


def test_an_allowed_move_changes_the_state_and_is_logged(asked):
    entry = transition(asked, "accept", by=owner_of(asked))
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert (entry.source, entry.target, entry.by, entry.role) == (
        "asked",
        "accepted",
        owner_of(asked),
        "owner",
    )


def test_somebody_else_may_not_move_it(asked):
    with pytest.raises(TransitionError):
        transition(asked, "accept", by=UserFactory())
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_starter_may_not_accept_for_the_owner(asked):
    with pytest.raises(TransitionError):
        transition(asked, "accept", by=asked.starter.user)


def test_a_move_from_the_wrong_state_says_what_the_state_is_now(asked):
    transition(asked, "withdraw", by=asked.starter.user)
    with pytest.raises(StaleState, match="Withdrawn"):
        transition(asked, "accept", by=owner_of(asked))


def test_a_stale_form_changes_nothing(asked):
    with pytest.raises(StaleState):
        transition(asked, "withdraw", by=asked.starter.user, expect="accepted")
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_an_unknown_reason_is_refused(asked):
    with pytest.raises(TransitionError):
        transition(asked, "decline", by=owner_of(asked), reason_code="because")


def test_only_the_system_lets_it_lapse(asked):
    with pytest.raises(TransitionError):
        transition(asked, "lapse", by=owner_of(asked))
    assert transition(asked, "lapse", by=None).role == "system"


def test_the_log_is_append_only(asked):
    entry = transition(asked, "accept", by=owner_of(asked))
    entry.reason = "changed"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        LogEntry.objects.of(asked).update(reason="changed")
    with pytest.raises(TypeError):
        LogEntry.objects.of(asked).delete()


def test_what_follows_runs_in_the_same_transaction(asked):
    class Refused(Exception):
        pass

    def refuse(obj, entry):
        raise Refused

    Exchange.flow.effects.setdefault("accept", []).append(refuse)
    try:
        with pytest.raises(Refused):
            transition(asked, "accept", by=owner_of(asked))
    finally:
        Exchange.flow.effects["accept"].remove(refuse)
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert not LogEntry.objects.of(asked).filter(name="accept").exists()


def test_available_moves_follow_from_state_and_roles(asked):
    assert [move.name for move in asked.moves_for(owner_of(asked))] == ["accept", "decline"]
    assert [move.name for move in asked.moves_for(asked.starter.user)] == ["withdraw"]
    assert asked.moves_for(UserFactory()) == []


def test_a_flow_that_names_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        Flow(
            name="broken",
            states=(State("here", "Here", turn=("anybody",)),),
            transitions=(Transition("go", ("here",), "nowhere", ("anybody",), "Go"),),
            initial="here",
        )


def made(*states, actors=("anybody",)):
    """A flow whose first state leads to the last."""
    go = Transition("go", (states[0].name,), states[-1].name, actors, "Go")
    return Flow(name="made", states=states, transitions=(go,), initial=states[0].name)


@pytest.mark.parametrize("turn", [(), (NOBODY,)])
def test_a_flow_with_a_state_in_which_nobody_acts_next_is_refused(turn):
    with pytest.raises(ValueError, match="whose turn"):
        made(State("here", "Here", turn=turn), State("there", "There", final=True))


def test_whose_turn_it_is_must_have_a_move_there():
    with pytest.raises(ValueError, match=r"\['owner'\] cannot act in here"):
        made(State("here", "Here", turn=("owner",)), State("there", "There", final=True))
    with pytest.raises(ValueError, match="cannot act"):
        made(State("here", "Here", turn=(TIME,)), State("there", "There", final=True))
    made(State("here", "Here", turn=(TIME,)), State("there", "There", final=True), actors=("system",))


def test_where_a_flow_has_ended_it_is_nobodys_turn():
    assert State("over", "Over", final=True).turn == (NOBODY,)
    with pytest.raises(ValueError, match="nobody's turn"):
        State("over", "Over", turn=("owner",), final=True)


def test_it_waits_for_one_role_and_not_where_either_of_two_may_act():
    assert Exchange.flow.awaiting("owner") == ("asked",)
    assert Exchange.flow.waits_for("done", {"starter", "receiver"})
    assert not Exchange.flow.waits_for("accepted", {"owner", "giver"})
    assert not Exchange.flow.waits_for("declined", {"owner"})


def test_a_row_that_is_locked_already_is_not_read_again(asked):
    locked = Exchange.objects.select_for_update().get(pk=asked.pk)
    with CaptureQueriesContext(connection) as queries:
        transition_locked(locked, "lapse", by=None)
    assert not [query for query in queries if query["sql"].startswith('SELECT "directory_exchange"')]
    assert LogEntry.objects.of(asked).last().name == "lapse"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_row_is_locked():
    exchange = ExchangeFactory()
    with pytest.raises(RuntimeError, match="transaction"):
        transition_locked(exchange, "lapse", by=None)
    exchange.refresh_from_db()
    assert exchange.state == "asked"


def move(exchange, name, user):
    """What a person's press of a button comes to."""
    try:
        return transition(Exchange.objects.get(pk=exchange.pk), name, by=user).name
    except TransitionError as error:
        return type(error).__name__


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_at_once_one_wins():
    exchange = ExchangeFactory()
    outcomes = at_once(
        lambda: move(exchange, "accept", owner_of(exchange)),
        lambda: move(exchange, "withdraw", exchange.starter.user),
    )
    exchange.refresh_from_db()
    assert sorted(outcomes) in (["StaleState", "accept"], ["StaleState", "withdraw"])
    assert exchange.state in {"accepted", "withdrawn"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "moved"), [(True, 1), (False, 2)])
def test_without_the_lock_both_win(locked, moved, monkeypatch):
    """The control: both have read that it is asked before either moves it."""
    needs_racing()
    exchange = ExchangeFactory()
    meet_after(monkeypatch, Exchange, "roles_of")
    if not locked:
        without_locks(monkeypatch)
    at_once(
        lambda: move(exchange, "accept", owner_of(exchange)),
        lambda: move(exchange, "withdraw", exchange.starter.user),
    )
    assert LogEntry.objects.of(exchange).exclude(name="start").count() == moved


@pytest.mark.parametrize(
    ("move", "by", "how", "sentence"),
    [
        ("accept", "starter", {}, "You may not do this."),
        ("decline", "owner", {"reason_code": "because"}, "Choose one of the reasons."),
    ],
)
def test_whoever_is_refused_reads_why(asked, move, by, how, sentence):
    user = asked.starter.user if by == "starter" else owner_of(asked)
    with pytest.raises(TransitionError) as caught:
        transition(asked, move, by=user, **how)
    assert str(caught.value) == sentence


@pytest.mark.django_db
def test_a_move_that_needs_a_reason_is_not_made_without_one():
    offered = ProposalFactory()
    mentor = offered.offer.person.user
    for reason in ("", "  "):
        with pytest.raises(TransitionError) as caught:
            transition(offered, "decline", by=mentor, reason=reason)
        assert str(caught.value) == "Please give a reason."
    entry = transition(offered, "decline", by=mentor, reason_code="no_time", reason=" This month. ")
    assert (entry.reason_code, entry.reason) == ("no_time", "This month.")


def test_a_state_is_called_one_thing_by_insiders_and_maybe_another_by_others():
    told = State("asked", "Asked a mentor", "We are looking for a mentor", turn=("anybody",))
    assert (told.label_for(True), told.label_for(False)) == ("Asked a mentor", "We are looking for a mentor")
    same = State("asked", "Asked", turn=("anybody",))
    assert (same.label_for(True), same.label_for(False)) == ("Asked", "Asked")


def test_what_follows_is_named_with_its_moves_and_runs_in_the_order_of_naming():
    flow = made(State("here", "Here", turn=("anybody",)))
    (move,) = (each.name for each in flow.transitions)
    first, second = (lambda obj, entry: None), (lambda obj, entry: None)
    assert flow.effect(move)(first) is first
    flow.effect(move)(second)
    assert flow.effects == {move: [first, second]}
    with pytest.raises(KeyError):
        flow.effect("nowhere")
