"""The pattern page's material: every component of frontend/components with its samples.

A sample.json holds `title`, an optional `note`, `usage` (the template as a room would write it), an optional
`layout` (classes around the samples) and `contexts`, one for each sample. `"card": {…}` becomes a Card.
A key with a language's code, such as "ar", gives the contexts for the page in that language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.forms import CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect, Textarea, fields
from django.http import HttpRequest
from django.template import Context, Engine, Template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from foundation.design.cards import Card
from foundation.design.context_processors import page
from foundation.kinds import registry

COMPONENTS = Path(settings.ROOT) / "frontend" / "components"
ORDER = (
    "mark", "icon", "colour", "type", "button", "chip", "reason", "facts", "face", "datebox", "local_time", "load_bar",
    "steps", "card", "row", "answer", "poster", "thread", "soon", "tabs", "crumbs", "facet", "pagination", "form_errors",
    "field", "notice", "empty", "quiz", "request", "recording", "person", "capacity", "board", "table",
)  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """One component on the page."""

    name: str
    title: str
    note: str
    usage: str
    layout: str
    contexts: tuple[dict[str, Any], ...]

    def samples(self, request: HttpRequest) -> Iterator[SafeString]:
        """Each sample rendered as a room would get it."""
        template = Template("{% load i18n design %}" + self.usage, engine=Engine.get_default())
        for values in self.contexts:
            yield template.render(Context({**page(request), "request": request, **ready(values)}))


class SampleForm(Form):
    """Every kind of field, for looking at."""

    goal = fields.CharField(
        label="What do you want to be able to do?",
        help_text="One thing that you could show somebody in six months.",
        widget=Textarea,
    )
    by_when = fields.DateField(label="When do you need it?", help_text="For example 28 November 2026")
    people = fields.IntegerField(label="For how many people?", required=False)
    language = fields.ChoiceField(
        label="In which language?", choices=[("ar", "العربية"), ("en", "English"), ("es", "Español")]
    )
    how = fields.ChoiceField(
        label="How would you like to be helped?",
        choices=[("text", "In writing"), ("call", "By call"), ("visit", "At our place")],
        widget=RadioSelect,
    )
    days = fields.MultipleChoiceField(
        label="Which days suit you?",
        help_text="Choose as many as you like.",
        choices=[("we", "Weekdays"), ("ev", "Evenings"), ("wk", "Weekends")],
        widget=CheckboxSelectMultiple,
        required=False,
    )
    file = fields.FileField(label="A file that helps us understand", required=False)
    agree = fields.BooleanField(
        label="Two coordinators may read this", help_text="Nobody else sees it.", widget=CheckboxInput
    )


class Many:
    """Something with a total, for the pagination's sample."""

    total = 64


def ready(values: Any) -> Any:
    """A sample's JSON with cards, forms and pages made real."""
    if isinstance(values, list):
        return [ready(value) for value in values]
    if not isinstance(values, dict):
        return values
    if values.get("kind") in registry.names() and "title" in values and "url" in values:
        return Card(**{**values, "facts": tuple(values.get("facts", ()))})
    special = {
        "sample_form": lambda asked: SampleForm(
            {"by_when": "28 Nov 2025", "goal": ""} if asked == "errors" else None
        ),
        "sample_page": lambda number: Paginator(range(64), 20).page(number),
        "sample_total": lambda _asked: Many(),
        "sample_moment": datetime.fromisoformat,
        "sample_marked": lambda parts: format_html("{}<mark>{}</mark>{}", *parts),
    }
    for key, make in special.items():
        if key in values:
            return make(values[key])
    return {key: ready(value) for key, value in values.items()}


def load(name: str) -> Pattern:
    """One component by the name of its folder."""
    sample = json.loads((COMPONENTS / name / "sample.json").read_text())
    contexts = sample.get(get_language() or "") or sample.get("contexts") or [{}]
    usage = sample["usage"]
    return Pattern(
        name,
        sample["title"],
        sample.get("note", ""),
        "\n".join(usage) if isinstance(usage, list) else usage,
        sample.get("layout", ""),
        tuple(contexts),
    )


def everything() -> list[Pattern]:
    """All components that have a sample, in the order of the page; new ones at the end."""
    names = {file.parent.name for file in COMPONENTS.glob("*/sample.json")}
    return [
        load(name)
        for name in sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else 99, name))
    ]
