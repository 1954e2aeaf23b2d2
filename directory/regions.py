"""The eight regions of the Wikimedia movement, and names of countries and languages.

Names come from the Unicode CLDR through Babel, so every interface language has them without our translators.
"""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """Regions as the movement draws them for grants and committees; they are not those of the UN."""

    SSA = "SSA", _("Sub-Saharan Africa")
    MENA = "MENA", _("Middle East and North Africa")
    SA = "SA", _("South Asia")
    ESEAP = "ESEAP", _("East, Southeast Asia, and the Pacific")
    CEECA = "CEECA", _("Central and Eastern Europe and Central Asia")
    NWE = "NWE", _("Northern and Western Europe")
    NA = "NA", _("North America (USA/Canada)")
    LAC = "LAC", _("Latin America and the Caribbean")


# ISO 3166-1 alpha-2, and XK (user-assigned, in general use for Kosovo). Overseas territories mostly go with the
# place they lie in, as in the movement's own list. Antarctica (AQ) has no region.
COUNTRIES: dict[Region, str] = {
    Region.SSA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ "
        "NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW"
    ),
    Region.MENA: "AE BH DZ EG EH IL IQ IR JO KW LB LY MA OM PS QA SA SY TN TR YE",
    Region.SA: "AF BD BT IN LK MV NP PK",
    Region.ESEAP: (
        "AS AU BN CC CK CN CX FJ FM GU HK HM ID JP KH KI KP KR LA MH MM MN MO MP MY NC NF NR NU NZ PF "
        "PG PH PN PW SB SG TH TK TL TO TV TW UM VN VU WF WS"
    ),
    Region.CEECA: "AL AM AZ BA BG BY CZ EE GE HR HU KG KZ LT LV MD ME MK PL RO RS RU SI SK TJ TM UA UZ XK",
    Region.NWE: (
        "AD AT AX BE BV CH CY DE DK ES FI FO FR GB GG GI GL GR IE IM IS IT JE LI LU MC MT NL NO PT SE "
        "SJ SM VA"
    ),
    Region.NA: "CA US",
    Region.LAC: (
        "AG AI AR AW BB BL BM BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN "
        "KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
}
# Languages with a Wikipedia that ISO 639-1 gives no two letters; the others come from CLDR.
MORE_LANGUAGES = (  # noqa: SIM905  a list of 130 short words reads better as one text
    "ace alt ami ary arz ast azb ban bcl bho bjn bpy bug ceb chr ckb crh csb dag dga diq din dty fat fon frp "
    "frr fur gag gan gcr glk gom gor gpe guc gur guw hak haw hif hil hsb ilo inh jam kaa kab kbd kbp kcg knc "
    "koi krc ksh lad lbe lez lij lld lmo ltg lzh mad mai mdf mhr min mni mnw mos mrj mwl myv mzn nah nan nap "
    "nds new nia nov nqo nso nup nyn olo pag pam pap pcd pcm pfl pms pnb pnt pwn rmy rup sah sat scn sco shi "
    "shn skr smn srn stq szl tcy tet tly tpi trv tum tyv udm vec vep vls wal war wuu xal xmf yue zea zgh"
).split()
# Languages of many Wikimedians that CLDR does not name in all four languages of the interface.
MORE_LANGUAGE_NAMES: dict[str, dict[str, str]] = {
    "aeb": {"es": "árabe tunecino", "ar": "العربية التونسية"},
    "apc": {
        "en": "Levantine Arabic",
        "es": "árabe levantino",
        "fr": "arabe levantin",
        "ar": "العربية الشامية",
    },
    "ary": {"es": "árabe marroquí", "ar": "العربية المغربية"},
    "arz": {"es": "árabe egipcio", "ar": "العربية المصرية"},
    "ase": {"es": "lengua de señas americana", "ar": "لغة الإشارة الأمريكية"},
    "ndc": {"en": "Ndau", "es": "ndau", "fr": "ndau", "ar": "الندائو"},
    "pnb": {
        "en": "Western Punjabi",
        "es": "panyabí occidental",
        "fr": "pendjabi occidental",
        "ar": "البنجابية الغربية",
    },
    "rif": {"es": "rifeño", "ar": "الريفية"},
}
_REGION_BY_COUNTRY = {code: region for region, codes in COUNTRIES.items() for code in codes.split()}


def region_of(country_alpha2: str) -> str:
    """The code of the movement's region in which a country lies, or "" where there is none.

    `country_alpha2` is an ISO 3166-1 alpha-2 code in either case.
    """
    region = _REGION_BY_COUNTRY.get(country_alpha2.upper())
    return region.value if region else ""


def country_codes() -> list[str]:
    """All countries that have a region, in alphabetical order of their codes."""
    return sorted(_REGION_BY_COUNTRY)


def country_name(country_alpha2: str, language: str) -> str:
    """The name of a country in a language, else in English, else the code itself."""
    code = country_alpha2.upper()
    return _locale(language).territories.get(code) or _locale("en").territories.get(code) or code


@lru_cache(maxsize=2048)
def language_name(code: str, language: str) -> str:
    """The name of a language in a language, else in English, else by its own name, else the code itself.

    Both are BCP 47 codes in either case, such as `sw` or `zh-hans`.
    """
    wanted = _cldr_code(code)
    ours = MORE_LANGUAGE_NAMES.get(wanted, {})
    spoken = language.replace("_", "-").split("-")[0].lower()
    names = (
        _locale(language).languages.get(wanted),
        ours.get(spoken),
        _locale("en").languages.get(wanted),
        ours.get("en"),
    )
    for name in filter(None, names):
        return name
    try:
        return Locale.parse(wanted).get_display_name(language) or code
    except (UnknownLocaleError, ValueError):
        return code


def is_language(code: str) -> bool:
    """Whether there is such a language: CLDR knows its first part, or one of our lists does. Either case."""
    primary = code.replace("_", "-").split("-")[0].lower()
    return primary in MORE_LANGUAGE_NAMES or primary in MORE_LANGUAGES or primary in _locale("en").languages


def _cldr_code(code: str) -> str:
    """`zh-hans` as CLDR writes it: `zh_Hans`."""
    primary, *rest = code.replace("-", "_").split("_")
    return "_".join([primary.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


@cache
def _locale(language: str) -> Locale:
    """The CLDR data of a language, or of English where CLDR has none."""
    for code in (_cldr_code(language), language.replace("_", "-").split("-")[0].lower()):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")
