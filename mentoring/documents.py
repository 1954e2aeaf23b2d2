"""What the index knows of mentors: those who are listed, active and not resting. Nothing private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import CapacityText, Person, PersonLanguage
from directory.regions import region_of
from directory.taxonomy.labels import Labels, all_labels
from directory.taxonomy.selectors import matching_label, with_descendants
from foundation.l10n.languages import INTERFACE, country_name, languages_text
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said
from mentoring.models import MentoringProgrammePage, MentorOffer, Pairing
from mentoring.workload import Load, lack_of_room, loads
from search.documents import DocumentType, Plain, register
from search.types import Document, Text


def _offers_of_programme(page: MentoringProgrammePage) -> Iterable[object]:
    return MentorOffer.objects.filter(programme__translation_key=page.translation_key).values_list(
        "pk", flat=True
    )


@register
class MentorDocument(DocumentType):
    """Mentors, one document for each programme they mentor in."""

    kind = "mentor"
    watches = {
        MentorOffer: lambda row: [row.pk],
        Person: lambda row: MentorOffer.objects.filter(person=row).values_list("pk", flat=True),
        PersonLanguage: lambda row: MentorOffer.objects.filter(person_id=row.person_id).values_list(
            "pk", flat=True
        ),
        Pairing: lambda row: [row.offer_id] if row.offer_id else [],
        MentoringProgrammePage: _offers_of_programme,
        CapacityText: lambda row: _offers_with([row]),
    }
    watches_many = {
        CapacityText: lambda rows: _offers_with(rows),
        Person: lambda rows: _offers_of(row.pk for row in rows),
        PersonLanguage: lambda rows: _offers_of(row.person_id for row in rows),
    }

    def ids(self) -> Iterable[str]:
        found = MentorOffer.objects.findable().filter(programme__live=True)
        return (str(pk) for pk in found.values_list("pk", flat=True).iterator())

    def plain(self) -> Plain:
        names = MentorOffer.capacities.through.objects

        def about(capacities: Any) -> Q:
            return Q(pk__in=names.filter(capacity__in=capacities).values("mentoroffer_id"))

        return Plain(
            MentorOffer.objects.findable().filter(programme__live=True),
            titles=("person__name",),
            words=lambda word: about(matching_label(word)),
            filters={"capacity": lambda slugs: about(with_descendants(slugs))},
        )

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        offers = list(MentorOffer.objects.findable().filter(pk__in=ids, programme__live=True).for_documents())
        carried, labels, titles = loads(offers), all_labels(), _titles(offers)
        for offer in offers:
            yield _document(offer, carried[offer.pk], labels, titles.get(offer.programme.translation_key, {}))


def _offers_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the offers that name the capacities of these texts."""
    found = MentorOffer.objects.filter(capacities__in=[text.capacity_id for text in texts]).order_by()
    return found.values_list("pk", flat=True).distinct()


def _offers_of(people: Iterable[Any]) -> Iterable[Any]:
    return MentorOffer.objects.filter(person__in=list(people)).values_list("pk", flat=True)


def _titles(offers: list[MentorOffer]) -> dict[object, dict[str, str]]:
    """Titles of programmes by translation key and language, in one query."""
    keys = {offer.programme.translation_key for offer in offers}
    rows = MentoringProgrammePage.objects.filter(translation_key__in=keys, live=True)
    found: dict[object, dict[str, str]] = {}
    for key, language, title in rows.values_list("translation_key", "locale__language_code", "title"):
        found.setdefault(key, {})[language] = title
    return found


def _document(offer: MentorOffer, load: Load, labels: Labels, titles: dict[str, str]) -> Document:
    person, slugs = offer.person, [capacity.slug for capacity in offer.capacities.all()]
    country = person.country if person.shows("country") else ""
    region = region_of(country) if country else ""
    needed = offer.programme.hours_per_pair
    texts, facts = [], {}
    for code in INTERFACE:
        with translation.override(code):
            programme = titles.get(code) or offer.programme.title
            names = in_a_row((labels.label(slug, code) for slug in slugs), code)
            summary = said(
                _("Mentors in %(programme)s: %(capacities)s."), programme=programme, capacities=names
            )
            texts.append(Text(code, person.name, summary=summary))
            hours = ngettext("%(count)s hour a month", "%(count)s hours a month", offer.hours_a_month)
            facts[code] = {
                "facts": [
                    languages_text(offer.languages, code),
                    country_name(country, code) if country else "",
                    hours % {"count": offer.hours_a_month},
                ]
            }
    facts = {code: {"facts": [fact for fact in row["facts"] if fact]} for code, row in facts.items()}
    return Document(
        kind="mentor",
        id=str(offer.pk),
        texts=tuple(texts),
        url=_url(offer),
        capacities=tuple(slugs),
        broader=labels.broader(slugs),
        labels=labels.texts(slugs),
        facets={
            "language": tuple(offer.languages),
            "region": (region,) if region else (),
            "country": (country,) if country else (),
            "format": tuple(offer.clean_formats()),
            "method": ("mentoring",),
        },
        people=(person.name,),
        updated=offer.updated,
        available=not lack_of_room(offer, load, needed),
        card={
            "face": person.name,
            "face_shape": "person",
            "owner": f"person:{person.pk}",
            "timezone": person.user.timezone if person.shows("timezone") else "",
            "hours": offer.hours_a_month,
            **facts,
        },
    )


def _url(offer: MentorOffer) -> str:
    """Where one asks: a mentor is reached through the programme, never directly. Without a language."""
    with translation.override(settings.LANGUAGE_CODE):
        url = reverse("mentoring:request_start", args=[offer.programme.translation_key])
    return url.removeprefix(f"/{settings.LANGUAGE_CODE}")
