"""Pages of the roof, and the site's own image and document models."""

from exchange.home.models.documents import CreditedDocument
from exchange.home.models.images import CreditedImage, CreditedRendition
from exchange.home.models.incidents import Incident
from exchange.home.models.pages import HomePage, StandardPage

__all__ = ["CreditedDocument", "CreditedImage", "CreditedRendition", "HomePage", "Incident", "StandardPage"]
