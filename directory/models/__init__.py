"""One file for each aggregate; import the classes from here."""

from directory.models.capacity import Capacity, CapacityText
from directory.models.exchange import Exchange
from directory.models.listing import Listing
from directory.models.organisation import Invitation, Membership, Organisation, OrganisationText
from directory.models.person import Person, PersonCapacity, PersonLanguage

__all__ = [
    "Capacity",
    "CapacityText",
    "Exchange",
    "Invitation",
    "Listing",
    "Membership",
    "Organisation",
    "OrganisationText",
    "Person",
    "PersonCapacity",
    "PersonLanguage",
]
