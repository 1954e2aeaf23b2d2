"""Moments in Arabic, of which Django has the days only. Checked against CLDR 47."""

DATETIME_FORMAT = "j F Y، g:i A"
SHORT_DATETIME_FORMAT = "j M Y، g:i A"
