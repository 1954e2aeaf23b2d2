"""Accounts: who somebody is and how they sign in. Ground floor: imported by every room, imports none.

The person's public face (what they offer, what is visible) lives in `directory`, not here."""
