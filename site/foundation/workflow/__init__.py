"""Workflow: states and transitions as plain data, one service that moves, one append-only log.

Ground floor: exchanges, enrolments, mentorship requests, proposals, pairings and reports declare their
flows in their own rooms and run them here."""
