"""Components alone: each renders with its samples, and nothing that people write can break out of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override

from foundation.design import patterns
from foundation.design.avatars import face, initials
from foundation.design.cards import Card
from foundation.kinds import registry

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SAMPLES = [pattern.name for pattern in patterns.everything()]
CARD_TAGS = ("card", "row", "answer", "poster")


def rendered(source: str, **context: object) -> str:
    return Template("{% load design %}" + source).render(Context(context))


class Links(HTMLParser):
    """Collects what a part of a page holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", SAMPLES)
def test_each_component_renders_alone_with_its_samples(name: str, language: str, rf: RequestFactory) -> None:
    with override(language):
        pattern = patterns.load(name)
        for html in pattern.samples(rf.get(f"/{language}/patterns/")):
            assert html.strip()
            assert " style=" not in html
            assert "<script" not in html


def test_every_component_has_a_sample() -> None:
    folders = {folder.name for folder in patterns.COMPONENTS.iterdir() if folder.is_dir()}
    assert folders == set(SAMPLES)


# Styles alone, with no template of their own.
ONLY_STYLES = {"button", "colour", "type"}
FRAME = re.compile(r'<(?:/?(?:div|ul|li|form|span)|(?:div|ul|form|span|p) class="[a-z0-9 -]+"|/p|p)>')


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - ONLY_STYLES))
def test_a_sample_is_drawn_by_a_template_that_pages_use(name: str) -> None:
    """What it says itself is a frame around that, such as the list of rows."""
    usage = patterns.load(name).usage
    assert re.search(r"{% (?:include|[a-z_]+ )|as_field_group", usage)
    own = re.sub(r"{%.*?%}|{{.*?}}", "", FRAME.sub("", usage))
    assert own.strip() == ""


@pytest.mark.parametrize("tag", CARD_TAGS)
def test_nothing_on_a_card_is_taken_for_markup(tag: str) -> None:
    evil = Card("person", EVIL, "/x", summary=EVIL, reason=EVIL, facts=(EVIL,), face=EVIL, badge=EVIL,
                action_label=EVIL, action_url="/y")  # fmt: skip
    html = rendered(f"{{% {tag} card %}}", card=evil)
    parts = Links(html)
    assert parts.named("script") == []
    assert parts.named("img") == []
    assert not any(name.startswith("on") for _tag, attrs in parts.tags for name in attrs)


@pytest.mark.parametrize("source", [
    "{% chip text '/x' %}", "{% reason text %}", "{% facts facts %}", "{% face text %}", "{% mark 'mentor' word=text %}",
    "{% notice 'done' text %}{{ text }}{% endnotice %}", "{% empty text %}{{ text }}{% endempty %}",
    "{% thread text %}{{ text }}{% endthread %}", "{% soon text hint=text %}{{ text }}{% endsoon %}",
    "{% load_bar 1 2 label=text %}", "{% steps 1 2 label=text %}", "{% tabs tabs label=text %}", "{% crumbs crumbs %}",
    "{% facet text text options %}",
])  # fmt: skip
def test_no_part_takes_words_for_markup(source: str) -> None:
    html = rendered(
        source,
        text=EVIL,
        facts=[EVIL],
        tabs=[{"label": EVIL, "url": "/", "count": 1}],
        crumbs=[(EVIL, "/"), (EVIL, "")],
        options=[{"value": EVIL, "label": EVIL, "count": 3, "selected": False}],
    )
    assert "<script>" not in html
    assert "<img" not in html


@pytest.mark.parametrize("tag", ["card", "row", "poster"])
def test_a_card_is_the_target_of_its_one_link(tag: str) -> None:
    links = Links(rendered(f"{{% {tag} card %}}", card=Card("lesson", "A lesson", "/en/learn/a/"))).named("a")
    assert [link["href"] for link in links] == ["/en/learn/a/"]


def test_a_snippet_keeps_its_marked_words() -> None:
    card = Card(
        "lesson", "A lesson", "/x", summary="Not shown", snippet=mark_safe("our <mark>fundraising</mark>")
    )
    html = rendered("{% row card %}", card=card)
    assert "<mark>fundraising</mark>" in html
    assert "Not shown" not in html


def test_a_title_in_another_language_says_so() -> None:
    with override("ar"):
        html = rendered("{% card card %}", card=Card("lesson", "A lesson", "/x", language="en"))
        own = rendered("{% card card %}", card=Card("lesson", "درس", "/x", language="ar"))
    assert '<h3 class="title" lang="en" dir="auto">' in html
    assert "lang=" not in own


def test_the_level_of_the_heading_can_be_chosen() -> None:
    assert '<h2 class="title">' in rendered("{% row card level=2 %}", card=Card("lesson", "A lesson", "/x"))


def test_a_mark_always_has_its_word() -> None:
    for kind in registry.all_kinds():
        assert rendered("{% mark name %}", name=kind.name).endswith(f"</i>{kind.word}</span>")


def test_a_card_without_reason_or_facts_shows_neither() -> None:
    html = rendered("{% card card %}", card=Card("lesson", "A lesson", "/x", facts=("", "")))
    assert "reason" not in html
    assert "facts" not in html


def test_an_unknown_side_is_refused_with_the_choice() -> None:
    with pytest.raises(TemplateSyntaxError, match="learning, people"):
        rendered("{% thread 'Heading' side='fun' %}x{% endthread %}")


@pytest.mark.parametrize(("name", "expected"), [
    ("Samira Belkacem", "SB"), ("Ana María de la Cruz", "AC"), ("سميرة بلقاسم", "س"), ("李 明", "李"),
    ("madonna", "M"), ("  ", ""), ("“Rosa” Quispe", "RQ"), ("🙂", ""), ("Élodie", "É"),
])  # fmt: skip
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_face_is_the_same_every_time_and_square_for_organisations() -> None:
    assert face("Samira Belkacem") == face("Samira Belkacem")
    assert "face organisation" in face("Baltic Open Heritage", "organisation")
    assert "org" not in face("Samira Belkacem")


@pytest.mark.parametrize(("source", "on", "add", "segments"), [
    ("{% load_bar 1 4 %}", 1, 0, 4), ("{% load_bar 2 4 asked=1 %}", 2, 1, 4), ("{% load_bar 9 4 %}", 4, 0, 4),
    ("{% load_bar 0 0 %}", 1, 0, 1), ("{% load_bar 50 100 %}", 12, 0, 24),
])  # fmt: skip
def test_the_load_bar_counts(source: str, on: int, add: int, segments: int) -> None:
    html = rendered(source)
    assert (html.count('"filled"'), html.count('"requested"'), html.count("<i")) == (on, add, segments)


def test_steps_show_done_present_and_to_come() -> None:
    html = rendered("{% steps 3 9 %}")
    assert (html.count('"filled"'), html.count('"now"'), html.count("<i")) == (2, 1, 9)
    assert rendered("{% steps 10 9 %}").count('"filled"') == 9


def test_chosen_facets_come_first_and_the_rest_is_folded() -> None:
    options = [{"value": n, "label": f"L{n}", "count": n, "selected": n == 9} for n in range(10)]
    html = rendered("{% facet 'language' 'Language' options more=3 %}", options=options)
    shown, folded = html.split("<details>")
    assert re.findall(r"L\d", shown) == ["L9", "L0", "L1"]
    assert len(re.findall(r"L\d", folded)) == 7


@pytest.mark.parametrize(
    ("zone", "leaf", "expected"),
    [
        ("Africa/Casablanca", "<b>29</b>Nov", "Sunday 29 November 2026, 00:30 your time (Casablanca)"),
        ("UTC", "<b>28</b>Nov", "Saturday 28 November 2026, 23:30 your time (UTC)"),
        ("", "<b>28</b>Nov", "Saturday 28 November 2026, 23:30 (UTC)"),
        ("Mars/Base", "<b>28</b>Nov", "Saturday 28 November 2026, 23:30 (UTC)"),
        (None, "<b>28</b>Nov", "Saturday 28 November 2026, 23:30 (UTC)"),
    ],
)
def test_leaf_and_words_tell_a_moment_by_the_same_clock(zone: str | None, leaf: str, expected: str) -> None:
    """Over midnight too; "your time" only to who chose a zone. None is a stranger."""
    moment = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    reader = SimpleNamespace() if zone is None else SimpleNamespace(timezone=zone)
    # Whatever zone is active, as in a message that somebody else's request writes.
    with override("en"), timezone.override("Asia/Tokyo"):
        html = rendered("{% datebox moment %}{% local_time moment %}", moment=moment, user=reader)
    assert f">{expected}</time>" in html
    assert leaf in html
    # Only where the server does not know the zone does the browser put its own, on both.
    assert html.count("data-local=") == (0 if zone in ("Africa/Casablanca", "UTC") else 2)
