"""Why something is suggested: one whole sentence, made only of what is true and public."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.matching.scoring import FITS, Match, family_of
from directory.matching.seekers import Seeker
from directory.regions import Region
from foundation.kinds.constants import Family
from foundation.l10n.languages import country_name, language_name
from foundation.l10n.names import said

# (family, situation) -> sentence. Whole sentences, so that they can be translated.
SENTENCES = {
    (Family.PEOPLE, "mutual"): gettext_lazy(
        "Because you can help each other: they know %(capacity)s and want to learn %(mutual)s."
    ),
    (Family.PEOPLE, "evidence"): gettext_lazy("Because they can help with %(capacity)s: “%(evidence)s”"),
    (Family.PEOPLE, "both_language"): gettext_lazy(
        "Because they can help with %(capacity)s and you both work in %(language)s."
    ),
    (Family.PEOPLE, "language"): gettext_lazy(
        "Because they can help with %(capacity)s and work in %(language)s."
    ),
    (Family.PEOPLE, "country"): gettext_lazy(
        "Because they can help with %(capacity)s and are in %(country)s too."
    ),
    (Family.PEOPLE, "near_zone"): gettext_lazy(
        "Because they can help with %(capacity)s and live in nearly the same time zone."
    ),
    (Family.PEOPLE, "exact"): gettext_lazy("Because they can help with %(capacity)s."),
    (Family.PEOPLE, "narrower"): gettext_lazy(
        "Because they can help with %(capacity)s, a part of %(wanted)s."
    ),
    (Family.PEOPLE, "broader"): gettext_lazy(
        "Because they can help with %(capacity)s, to which %(wanted)s belongs."
    ),
    (Family.LEARNING, "passage"): gettext_lazy(
        "Because it teaches %(capacity)s and speaks of this very thing."
    ),
    (Family.LEARNING, "both_language"): gettext_lazy(
        "Because it teaches %(capacity)s and you can take it in %(language)s."
    ),
    (Family.LEARNING, "language"): gettext_lazy(
        "Because it teaches %(capacity)s and exists in %(language)s."
    ),
    (Family.LEARNING, "exact"): gettext_lazy("Because it teaches %(capacity)s."),
    (Family.LEARNING, "narrower"): gettext_lazy("Because it teaches %(capacity)s, a part of %(wanted)s."),
    (Family.LEARNING, "broader"): gettext_lazy(
        "Because it teaches %(capacity)s, to which %(wanted)s belongs."
    ),
    (Family.OFFERS, "both_language"): gettext_lazy(
        "Because it is about %(capacity)s and offered in %(language)s, in which you work."
    ),
    (Family.OFFERS, "language"): gettext_lazy(
        "Because it is about %(capacity)s and offered in %(language)s."
    ),
    (Family.OFFERS, "country"): gettext_lazy("Because it is about %(capacity)s and comes from %(country)s."),
    (Family.OFFERS, "exact"): gettext_lazy("Because it is about %(capacity)s."),
    (Family.OFFERS, "narrower"): gettext_lazy("Because it is about %(capacity)s, a part of %(wanted)s."),
    (Family.OFFERS, "broader"): gettext_lazy(
        "Because it is about %(capacity)s, to which %(wanted)s belongs."
    ),
    (Family.MONEY, "region"): gettext_lazy("Because it pays for %(capacity)s in this region: %(region)s."),
    (Family.MONEY, "exact"): gettext_lazy("Because it pays for %(capacity)s."),
    (Family.MONEY, "narrower"): gettext_lazy("Because it pays for %(capacity)s, a part of %(wanted)s."),
    (Family.MONEY, "broader"): gettext_lazy("Because it pays for %(capacity)s, to which %(wanted)s belongs."),
    (Family.NEEDS, "both_language"): gettext_lazy(
        "Because you can help with %(capacity)s and they work in %(language)s too."
    ),
    (Family.NEEDS, "exact"): gettext_lazy("Because you can help with %(capacity)s."),
    (Family.NEEDS, "narrower"): gettext_lazy(
        "Because you can help with %(wanted)s, and this is a part of it."
    ),
    (Family.NEEDS, "broader"): gettext_lazy(
        "Because you can help with %(wanted)s, a part of what they need."
    ),
}
# The most telling first.
SECOND_PARTS = (
    "mutual",
    "evidence",
    "passage",
    "both_language",
    "language",
    "country",
    "near_zone",
    "region",
)


def reason(match: Match, seeker: Seeker, language: str) -> str:
    """The sentence for one match, in the active language (`language` names languages and countries)."""
    family = family_of(match.hit) or Family.OFFERS
    fit = next((name for name in FITS if name in match.parts), "")
    if not fit:
        return _("Because its words fit what is asked.")
    values = _values(match, seeker, language, fit)
    situations = [name for name in SECOND_PARTS if _holds(name, match, seeker)] if fit == "exact" else []
    for situation in (*situations, fit):
        sentence = SENTENCES.get((family, situation))
        if sentence is not None:
            return said(sentence, **values)
    return said(SENTENCES[(family, "exact")], **values)


def _holds(situation: str, match: Match, seeker: Seeker) -> bool:
    """Whether a situation may be said. What says "you" is for the one who seeks, not for others who read."""
    # English is so common that sharing it tells nothing.
    telling = [code for code in match.shared if code != "en"]
    if situation == "both_language":
        return seeker.is_reader and any(code in seeker.speaks for code in telling)
    if situation == "language":
        return bool(telling)
    if situation == "evidence":
        return any(_evidence(match).get(slug) for slug in match.fits)
    if situation == "country":
        # An offer "comes from" a country for every reader; that people are there "too" is for one.
        return "country" in match.parts and (seeker.is_reader or family_of(match.hit) == Family.OFFERS)
    if situation == "near_zone":
        return "near_zone" in match.parts and seeker.is_reader
    if situation == "region":
        # Where somebody lives is not yet whom their money is for.
        return "region" in match.parts and bool(match.hit.card.get("open_to"))
    return situation in match.parts


def _values(match: Match, seeker: Seeker, language: str, fit: str) -> dict[str, str]:
    labels = seeker.labels
    evidence = _evidence(match)
    capacity = next((slug for slug in match.fits if evidence.get(slug)), match.fits[0])
    telling = [code for code in match.shared if code != "en"]
    spoken = next((code for code in telling if code in seeker.speaks), next(iter(telling), "en"))
    open_to = match.hit.card.get("open_to") or ()
    region = next((code for code in seeker.regions if code in open_to), "")
    return {
        "capacity": labels.label(capacity, language),
        "wanted": labels.label(_meant(capacity, seeker, fit), language),
        "evidence": " ".join(str(evidence.get(capacity, "")).split()),
        "mutual": labels.label(match.mutual[0], language) if match.mutual else "",
        "language": language_name(spoken, language),
        "country": country_name(seeker.country, language) if seeker.country else "",
        "region": str(Region(region).label) if region in Region.values else region,
    }


def _meant(capacity: str, seeker: Seeker, fit: str) -> str:
    """Which of the wanted capacities a fit is about."""
    above = seeker.labels.above
    for slug in seeker.wanted:
        if fit == "exact" and slug == capacity:
            return slug
        if fit == "narrower" and slug in above(capacity):
            return slug
        if fit == "broader" and capacity in above(slug):
            return slug
    return next(iter(seeker.wanted), "")


def _evidence(match: Match) -> dict[str, str]:
    return match.hit.card.get("evidence") or {}
