"""Names: what can be seen is kept, what turns or hides the words beside it is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from foundation.l10n.names import NameField, cleaned, isolated
from foundation.l10n.times import ago, length
from foundation.notifications.registry import Kind


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Madonna", "Madonna"),
        ("محمد بن عبد الله آل سعود", "محمد بن عبد الله آل سعود"),
        ("Siobhán O'Connor-Ní Bhriain", "Siobhán O'Connor-Ní Bhriain"),
        ("李", "李"),
        ("🦊", "🦊"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("Evil\u202egnp.exe", "Evilgnp.exe"),
        ("\u2067Noor\u2069\u00ad", "Noor"),
        ("Ana\u200b  \n Soto\u0007", "Ana Soto"),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept
    assert NameField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["\u200b\u200b", "\u202e", "\u3164", "\u2800 \u2800", "\u200d", "\u0301"])
def test_a_name_of_which_nothing_can_be_seen_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError, match="only characters that cannot be seen"):
        NameField().clean(typed)


def test_a_name_that_runs_the_other_way_is_set_apart_in_a_sentence() -> None:
    assert isolated("Noor") == "Noor"
    assert isolated("سميرة") == "\u2068سميرة\u2069"
    with override("ar"):
        assert isolated("Noor") == "\u2068Noor\u2069"
        assert isolated("سميرة") == "سميرة"
    kind = Kind("x", "x", "%(name)s: %(count)s", "")
    assert kind.render("subject", {"name": "سميرة", "count": 3}) == "\u2068سميرة\u2069: 3"


@pytest.mark.parametrize(
    ("language", "hours", "said"),
    [
        ("en", 0, "less than an hour"),
        ("en", 1, "1 hour"),
        ("ar", 1, "ساعة"),
        ("ar", 2, "ساعتان"),
        ("ar", 3, "3 ساعات"),
        ("ar", 48, "يومان"),
        ("fr", 48, "2\xa0jours"),
        ("es", 24 * 21, "3 semanas"),
    ],
)
def test_a_number_agrees_with_its_word(language: str, hours: int, said: str) -> None:
    with override(language):
        assert length(timedelta(hours=hours)) == said


def test_how_long_ago_agrees_too() -> None:
    now = timezone.now()
    with override("ar"):
        assert ago(now - timedelta(minutes=2, seconds=3)) == "قبل دقيقتين"
    with override("en"):
        assert ago(now) == "just now"
        assert ago(now - timedelta(hours=5)) == "5 hours ago"
