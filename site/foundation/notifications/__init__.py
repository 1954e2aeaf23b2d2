"""Notifications: one call, notify(), tells a person in the site and by e-mail, as they prefer.

Ground floor: rooms declare their kinds in their own notifications.py. Nothing is sent inside a request."""
