"""The eight regions of the Wikimedia movement, and the countries in each."""

from __future__ import annotations

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
