"""What people were told and how they want to be told; every mail, the addresses that it does not reach, its server."""

from foundation.notifications.models.mail import Mail, MailServer, Recipient
from foundation.notifications.models.notification import Delivery, Notification, Preference, new_token

__all__ = ["Delivery", "Mail", "MailServer", "Notification", "Preference", "Recipient", "new_token"]
