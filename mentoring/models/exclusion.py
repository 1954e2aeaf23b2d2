"""Whom somebody does not want to meet in mentoring."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Person
from foundation.accounts.models import User


class KeepsApart(models.Model):
    """People who are never proposed to somebody, nor somebody to them.

    `not_with_words` are names that are not in the directory's lists; whoever bears one of them is kept apart all
    the same. Nothing leads here from the side of those who are named.
    """

    not_with = models.ManyToManyField(Person, verbose_name=_("never with"), blank=True, related_name="+")
    not_with_words = models.TextField(_("never with, by name"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    def keeps_from(self, user: User) -> bool:
        """Whether the writer does not want this account near."""
        if self.not_with.filter(user=user).exists():
            return True
        person = Person.objects.filter(user=user).first() if self.not_with_words.strip() else None
        return is_named(self.not_with_words, (user.name, user.wikimedia_name, person.name if person else ""))


def plain(text: str) -> str:
    """Words in one form, with single blanks around each: case, marks on letters and punctuation do not count."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)
    )
    return f" {' '.join(kept.split())} "


def is_named(words: str, names: Iterable[str]) -> bool:
    """Whether words hold one of these names, whole."""
    if not words.strip():
        return False
    text = plain(words)
    return any(name.strip() and plain(name).strip() and plain(name) in text for name in names)


def names_of(person: Person) -> tuple[str, ...]:
    """The names under which others know somebody. The account must be loaded."""
    return (person.name, person.user.name, person.user.wikimedia_name)
