"""Why something is suggested: one whole sentence, made only of what is true and public."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.matching.scoring import Match
from directory.matching.seekers import Seeker
from directory.regions import country_name, language_name

# (family, situation) -> sentence. Whole sentences, so that they can be translated.
SENTENCES = {
    ("people", "mutual"): gettext_lazy(
        "Because you can help each other: they know %(capacity)s and want to learn %(mutual)s."
    ),
    ("people", "evidence"): gettext_lazy("Because they can help with %(capacity)s: %(evidence)s"),
    ("people", "both_language"): gettext_lazy(
        "Because they can help with %(capacity)s and you both work in %(language)s."
    ),
    ("people", "language"): gettext_lazy("Because they can help with %(capacity)s and work in %(language)s."),
    ("people", "country"): gettext_lazy(
        "Because they can help with %(capacity)s and are in %(country)s too."
    ),
    ("people", "near_zone"): gettext_lazy(
        "Because they can help with %(capacity)s and live in nearly the same time zone."
    ),
    ("people", "exact"): gettext_lazy("Because they can help with %(capacity)s."),
    ("people", "narrower"): gettext_lazy("Because they can help with %(capacity)s, a part of %(wanted)s."),
    ("people", "near"): gettext_lazy(
        "Because they can help with %(capacity)s, which is close to %(wanted)s."
    ),
    ("learning", "both_language"): gettext_lazy(
        "Because it teaches %(capacity)s and you can take it in %(language)s."
    ),
    ("learning", "language"): gettext_lazy("Because it teaches %(capacity)s and exists in %(language)s."),
    ("learning", "exact"): gettext_lazy("Because it teaches %(capacity)s."),
    ("learning", "narrower"): gettext_lazy("Because it teaches %(capacity)s, a part of %(wanted)s."),
    ("learning", "near"): gettext_lazy("Because it teaches %(capacity)s, which is close to %(wanted)s."),
    ("offer", "both_language"): gettext_lazy(
        "Because it is about %(capacity)s and offered in %(language)s, in which you work."
    ),
    ("offer", "language"): gettext_lazy("Because it is about %(capacity)s and offered in %(language)s."),
    ("offer", "country"): gettext_lazy("Because it is about %(capacity)s and comes from %(country)s."),
    ("offer", "exact"): gettext_lazy("Because it is about %(capacity)s."),
    ("offer", "narrower"): gettext_lazy("Because it is about %(capacity)s, a part of %(wanted)s."),
    ("offer", "near"): gettext_lazy("Because it is about %(capacity)s, which is close to %(wanted)s."),
    ("grant", "region"): gettext_lazy("Because it pays for %(capacity)s and is open to your region."),
    ("grant", "exact"): gettext_lazy("Because it pays for %(capacity)s."),
    ("grant", "narrower"): gettext_lazy("Because it pays for %(capacity)s, a part of %(wanted)s."),
    ("grant", "near"): gettext_lazy("Because it pays for %(capacity)s, which is close to %(wanted)s."),
    ("need", "both_language"): gettext_lazy(
        "Because you can help with %(capacity)s and they work in %(language)s too."
    ),
    ("need", "exact"): gettext_lazy("Because you can help with %(capacity)s."),
    ("need", "narrower"): gettext_lazy("Because you can help with %(wanted)s, and this is a part of it."),
    ("need", "near"): gettext_lazy("Because you can help with %(wanted)s, and this is close to it."),
}
FAMILIES = {
    "person": "people",
    "mentor": "people",
    "organisation": "people",
    "lesson": "learning",
    "recording": "learning",
    "course": "learning",
    "offer": "offer",
    "grant": "grant",
    "need": "need",
}
# The most telling first.
SECOND_PARTS = ("mutual", "evidence", "both_language", "language", "country", "near_zone", "region")


def reason(match: Match, seeker: Seeker, language: str) -> str:
    """The sentence for one match, in the active language (`language` names languages and countries)."""
    family = FAMILIES.get(match.hit.kind, "offer")
    fit = next((name for name in ("exact", "narrower", "near") if name in match.parts), "")
    if not fit:
        return _("Because its words fit what is asked.")
    values = _values(match, seeker, language)
    situations = [name for name in SECOND_PARTS if _holds(name, match, seeker)] if fit == "exact" else []
    for situation in (*situations, fit):
        sentence = SENTENCES.get((family, situation))
        if sentence is not None:
            return str(sentence) % values
    return str(SENTENCES[(family, "exact")]) % values


def _holds(situation: str, match: Match, seeker: Seeker) -> bool:
    # English is so common that sharing it tells nothing, unless the reader reads in another language.
    telling = [code for code in match.shared if code != "en"]
    if situation == "both_language":
        return bool(telling) and seeker.is_reader
    if situation == "language":
        return bool(telling)
    if situation == "country":
        return "country" in match.parts and seeker.is_reader
    return situation in match.parts


def _values(match: Match, seeker: Seeker, language: str) -> dict[str, str]:
    labels = seeker.labels
    evidence = match.hit.card.get("evidence") or {}
    fit = next((slug for slug in match.fits if slug in evidence), match.fits[0] if match.fits else "")
    telling = next((code for code in match.shared if code != "en"), "en")
    wanted = next(
        (slug for slug in seeker.wanted if slug in labels.above(fit)), next(iter(seeker.wanted), "")
    )
    return {
        "capacity": labels.label(fit, language),
        "wanted": labels.label(wanted, language),
        "evidence": str(evidence.get(fit, "")),
        "mutual": labels.label(match.mutual[0], language) if match.mutual else "",
        "language": language_name(telling, language),
        "country": country_name(seeker.country, language) if seeker.country else "",
    }
