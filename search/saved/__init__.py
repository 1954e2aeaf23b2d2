"""Saved searches: a member's questions that are asked again, and what is new told.

Here: the rows, what may be done with them, the looks that find new answers, and their pages. What is asked and
found is the list's (`search.query.results`), how people are told the ground floor's (`foundation.notifications`).
"""
