"""The design system in templates: {% load design %}. Here is what draws; words and addresses are in `design_words`.

Each tag draws the template in frontend/components/<name>/, which renders alone with its sample.json. Leaves that never
change (icon, mark, face) are drawn once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template.context import Context
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from foundation.design import avatars, icons
from foundation.design import pagination as pages
from foundation.design.cards import Card
from foundation.design.components import draw, draw_in
from foundation.design.navigation import SECTIONS
from foundation.design.templatetags import design_words
from foundation.kinds import registry
from foundation.kinds.constants import SIDES, Family
from foundation.l10n import times
from foundation.l10n.names import said

register = template.Library()
# One {% load design %} gives both.
register.tags.update(design_words.register.tags)
register.filters.update(design_words.register.filters)
MOST_SEGMENTS = 24


def side_class(side: str) -> str:
    """The colour class of a side of the house. Raises TemplateSyntaxError for an unknown one."""
    if side and side not in SIDES:
        raise template.TemplateSyntaxError(f"{side!r} is no side; choose from {', '.join(SIDES)}.")
    return f"side-{side}" if side else ""


# The frame ----------------------------------------------------------------------------------------------


@register.simple_tag
def styles(*names: str) -> SafeString:
    """{% styles "article" "lesson" %} in the block `styles`: the sheets this page needs beside site.css."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"exchange/{name}.css"),) for name in names)
    )


@register.simple_tag(takes_context=True)
def section(context: Context, key: str) -> str:
    """{% section "learn" %} in the block `section`: where in the site's menu the page stands (`navigation.SECTIONS`)."""
    if key not in {known for known, *_rest in SECTIONS}:
        raise template.TemplateSyntaxError(f"{key!r} is no section of the site.")
    if shell := context.get("shell"):
        shell.section = key
    return ""


@register.simple_tag(takes_context=True)
def editors_bar(context: Context) -> SafeString | str:
    """Wagtail's bar of quick actions and checks, for the editors' desk and in previews; nobody else gets a byte.

    The roles are known to the frame already, so that a member's page asks for no permission.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    if not user.has_desk and not getattr(request, "is_preview", False):
        return ""
    return wagtailuserbar(context, "bottom-left" if get_language_bidi() else "bottom-right")


# Leaves -------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "search" %}: pointing icons are mirrored from right to left by themselves."""
    return icons.icon(name)


@lru_cache(maxsize=512)
def _mark(kind: str, size: str, word: str, language: str) -> SafeString:
    declared = registry.get(kind)
    return draw(
        "mark",
        is_open=declared.family == Family.NEEDS,  # an offer is a filled square, a need the same, open
        side=side_class(declared.side),
        size=size,
        drawing=declared.icon,
        word=word or str(declared.word),
    )


@register.simple_tag
def mark(kind: str, size: str = "", word: str = "") -> SafeString:
    """{% mark "lesson" %}, {% mark "mentor" size="large" word=_("Mentor request") %}: square, icon and word."""
    return _mark(kind, size, str(word), get_language() or "")


@register.simple_tag
def face(name: str, shape: str = "person", size: int = 48, image: str | None = None) -> SafeString:
    """{% face person.name %}, {% face organisation.name shape="organisation" size=64 image=url %}."""
    return avatars.picture(image, shape, size) if image else avatars.face(str(name), shape, size)


@register.simple_tag
def reason(sentence: str) -> SafeString | str:
    """{% reason card.reason %}: why a thing is suggested, in its own line; nothing without a sentence."""
    return draw("reason", sentence=sentence) if sentence else ""


@register.simple_tag
def facts(items: Iterable[str], size: str = "") -> SafeString | str:
    """{% facts list %}: short facts in a row, empty ones left out."""
    shown = [item for item in items or () if item]
    return draw("facts", items=shown, size=size) if shown else ""


@register.simple_tag
def chip(label: str, url: str = "", remove: bool = True) -> SafeString:
    """{% chip "Arabic" url %}: a chosen filter that a click takes away; remove=False makes a plain link."""
    name = said(_("Remove %(label)s"), label=label) if url and remove else ""
    return draw("chip", label=label, url=url, remove=remove, name=name)


@register.simple_tag(takes_context=True)
def datebox(context: Context, value: date | None) -> SafeString | str:
    """{% datebox session.starts %}: day and month as a small leaf of a calendar, as {% local_time %} says them."""
    if value is None:
        return ""
    machine, style = value.isoformat(), ""
    if isinstance(value, datetime):
        told = times.told(value, context.get("user"))
        value, machine, style = told.day, told.local.isoformat(), told.browser_style("leaf")
    return draw("datebox", day=value.day, month=date_format(value, "M"), machine=machine, style=style)


@register.simple_tag(takes_context=True)
def local_time(context: Context, value: datetime | None, style: str = "datetime") -> SafeString | str:
    """{% local_time session.starts %}: by the account's clock, else with the zone, and the browser puts its own.

    `style` is "date", "day" (a short date), "time", "datetime" or "short" (of that). In a sentence:
    {% local_time moment "date" as day %}.
    """
    if value is None:
        return ""
    told = times.told(value, context.get("user"))
    return draw(
        "local_time",
        machine=told.local.isoformat(),
        style=told.browser_style(style),
        words=told.text(style),
    )


# Cards --------------------------------------------------------------------------------------------------


def _card_values(card: Card, level: int) -> dict[str, Any]:
    foreign = card.language if card.language and card.language != get_language() else ""
    return {
        "card": card,
        "level": level,
        "foreign": foreign,
        "side": side_class(registry.get(card.kind).side),
    }


@register.simple_tag(takes_context=True, name="card")
def card_tag(context: Context, card: Card, level: int = 3) -> SafeString:
    """{% card c %}: a boxed card for shelves and threads."""
    return draw_in(context, "card", **_card_values(card, level))


@register.simple_tag(takes_context=True)
def row(context: Context, card: Card, level: int = 3) -> SafeString:
    """{% row c %}: an <li> of a long list (<ul class="rows">), the mark in its own column."""
    return draw_in(context, "row", **_card_values(card, level))


@register.simple_tag(takes_context=True)
def answer(context: Context, card: Card, level: int = 3) -> SafeString:
    """{% answer c %}: a card with its action at the end."""
    return draw_in(context, "answer", **_card_values(card, level))


@register.simple_tag(takes_context=True)
def poster(context: Context, card: Card, level: int = 3) -> SafeString:
    """{% poster c %}: a picture with the card's words below it, for shelves of recordings."""
    number = sum(map(ord, card.title)) % avatars.COLOURS
    return draw_in(context, "poster", colour=number, **_card_values(card, level))


# Blocks -------------------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def thread(context: Context, content: str, heading: str, side: str = "people", level: int = 2) -> SafeString:
    """{% thread _("Who can help you with this") side="people" %} … {% endthread %}."""
    return draw_in(context, "thread", content=content, heading=heading, side=side_class(side), level=level)


@register.simple_block_tag(takes_context=True)
def soon(context: Context, content: str, heading: str, hint: str = "", side: str = "learning") -> SafeString:
    """{% soon _("Read now") hint="" side="learning" %} … {% endsoon %}: one knot of a need's thread."""
    return draw_in(context, "soon", content=content, heading=heading, hint=hint, side=side_class(side))


DRAWINGS = {"info": "info", "done": "success", "warn": "warning", "error": "error"}


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "info", title: str = "") -> SafeString:
    """{% notice "done" _("Sent") %} … {% endnotice %}; kind is info, done, warn or error."""
    drawing = DRAWINGS[kind]
    return draw_in(context, "notice", content=content, kind=kind, title=title, drawing=drawing, role="")


@register.simple_tag(takes_context=True)
def message_notice(context: Context, message: Message) -> SafeString:
    """{% message_notice message %}: one of Django's messages as a notice, which a screen reader says by itself."""
    kind = {"success": "done", "warning": "warn", "error": "error"}.get(message.level_tag, "info")
    return draw_in(
        context,
        "notice",
        content=conditional_escape(message.message),
        kind=kind,
        title="",
        drawing=DRAWINGS[kind],
        role="alert" if kind == "error" else "status",
    )


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, heading: str) -> SafeString:
    """{% empty _("Nothing here yet") %} <p>what to do</p> {% endempty %}."""
    return draw_in(context, "empty", content=content, heading=heading)


# Forms --------------------------------------------------------------------------------------------------


def _error_links(form: BaseForm) -> list[dict[str, str]]:
    listed = [{"message": str(error)} for error in form.non_field_errors()]
    for field in form:
        # A group of choices has no element with the field's own id on a single input: go to the first of them.
        target = field.id_for_label or (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id)
        label = "" if field.is_hidden else str(field.label)
        listed += [{"message": str(error), "target": target, "label": label} for error in field.errors]
    return listed


@register.simple_tag(takes_context=True)
def form_errors(context: Context, *forms: BaseForm) -> SafeString | str:
    """{% form_errors form %}: all errors with links to their fields; takes the focus. Nothing without errors."""
    listed = [error for form in forms if form is not None and form.is_bound for error in _error_links(form)]
    if not listed:
        return ""
    heading = ngettext("One answer needs another look", "%(count)d answers need another look", len(listed))
    return draw_in(context, "form_errors", errors=listed, heading=heading % {"count": len(listed)})


@register.simple_tag(takes_context=True)
def facet(
    context: Context,
    name: str,
    label: str,
    options: Sequence[Mapping[str, Any]],
    type: str = "checkbox",
    more: int = 8,
) -> SafeString | str:
    """{% facet "language" _("Language") options %}: options are {value, label, count, selected}.

    Chosen ones come first, then as given; what is beyond `more` is folded away. Nothing without options.
    """
    if not options:
        return ""
    ordered = sorted(options, key=lambda option: not option.get("selected"))
    return draw_in(
        context, "facet", name=name, label=label, type=type, shown=ordered[:more], folded=ordered[more:]
    )


# Bars, tabs, ways around --------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def load_bar(context: Context, taken: float, total: float, asked: float = 0, label: str = "") -> SafeString:
    """{% load_bar 1 4 asked=1 label="1 of 4 hours taken" %}: hours as a bar beside the words that say them."""
    segments = max(1, min(round(total), MOST_SEGMENTS))
    scale = segments / total if total else 0
    on = min(segments, round(taken * scale)) if total else segments
    add = min(segments - on, round(asked * scale))
    states = ["filled"] * on + ["requested"] * add + [""] * (segments - on - add)
    return draw_in(context, "load_bar", states=states, full=taken >= total, label=label)


@register.simple_tag(takes_context=True)
def steps(context: Context, current: int, total: int, label: str = "", side: str = "learning") -> SafeString:
    """{% steps 3 9 label="Step 3 of 9" %}: done ones filled, the present one half."""
    segments = max(1, min(total, MOST_SEGMENTS))
    now = max(1, round(current * segments / max(total, 1))) if current <= total else segments + 1
    states = ["filled" if n < now else "now" if n == now else "" for n in range(1, segments + 1)]
    return draw_in(context, "steps", states=states, label=label, side=side_class(side))


@register.simple_tag(takes_context=True)
def tabs(context: Context, items: Iterable[Mapping[str, Any]], label: str = "") -> SafeString:
    """{% tabs list label=_("Kinds") %}: list of {label, url, count, current}."""
    return draw_in(context, "tabs", items=items, label=label or _("Views of this list"))


@register.simple_tag(takes_context=True)
def crumbs(context: Context, items: Iterable[Sequence[str]]) -> SafeString:
    """{% crumbs list %}: (label, url) from the top; the last one, without url, is this page."""
    return draw_in(context, "crumbs", items=items)


@register.simple_tag(takes_context=True)
def pagination(
    context: Context, listed: Any, page: int | None = None, per_page: int = 20
) -> SafeString | str:
    """{% pagination page_obj %} or {% pagination results page=2 per_page=20 %}; nothing for a single page."""
    request = context.get("request")
    query = request.GET if request else None
    place = pages.place(listed, page, per_page, query)
    return draw_in(context, "pagination", place=place) if place.several else ""
