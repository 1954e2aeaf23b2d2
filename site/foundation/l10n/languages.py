"""Names of languages and countries in the reader's language.

They come from the Unicode CLDR through Babel, so every interface language has them without our translators.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

from foundation.l10n.lists import in_a_row

INTERFACE = tuple(code for code, _name in settings.INTERFACE_LANGUAGES)
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


def languages_text(codes: Iterable[str], language: str = "") -> str:
    """Names of languages in a language, by default the active one, with commas: "Arabic, French"."""
    reader = language or get_language() or "en"
    return in_a_row((language_name(code, reader) for code in codes), reader)


def site_languages() -> list[tuple[str, str]]:
    """The languages pages may be written in, with their names in the active language."""
    active = get_language() or settings.LANGUAGE_CODE
    return [(code, language_name(code, active)) for code, _name in settings.LANGUAGES]


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
