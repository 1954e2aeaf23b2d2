"""What people wrote stands in our sentences set apart, so that a name of the other direction turns no word of ours.

Looked through is the code itself, Python and templates: a sentence that somebody adds later is found too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, override

from directory.models import Organisation
from foundation.l10n.names import FSI, PDI, isolated, said
from foundation.notifications.services import notify
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory

ROOMS = ("directory", "learning", "mentoring", "search", "site/exchange", "site/foundation")
SENTENCES = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
# Places of sentences that hold what people, taxonomies and other sites have written.
WRITTEN = frozenset(
    [
        "about",
        "capacities",
        "capacity",
        "cohort",
        "contact",
        "country",
        "course",
        "credit",
        "evidence",
        "label",
        "language",
        "languages",
        "licence",
        "mutual",
        "name",
        "names",
        "need",
        "other",
        "own",
        "owner",
        "parent",
        "programme",
        "question",
        "said",
        "search",
        "source",
        "starter",
        "target",
        "text",
        "title",
        "town",
        "typed",
        "value",
        "want",
        "wanted",
        "words",
    ]
)
TAG = re.compile(r"\{%\s*blocktranslate\b(.*?)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
HEBREW, LATIN = "נועם", "Noor"


def files(ending: str) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((Path(settings.ROOT) / room).rglob(f"*.{ending}"))


def speaks(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Call) and getattr(part.func, "id", getattr(part.func, "attr", "")) in SENTENCES
        for part in ast.walk(node)
    )


def bare_in_code(tree: ast.AST) -> Iterator[str]:
    """Sentences that are filled by hand: `_("Ask %(name)s") % {"name": …}` in place of `said(…)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mod):
            continue
        places = {key.value for key in getattr(node.right, "keys", []) if isinstance(key, ast.Constant)}
        if places & WRITTEN and (speaks(node.left) or isinstance(node.left, ast.Name | ast.Subscript)):
            yield f"{node.lineno}: {sorted(places & WRITTEN)}"


def bare_in_template(text: str) -> Iterator[str]:
    for head, body in TAG.findall(text):
        given = dict(re.findall(r'(\w+)=((?:"[^"]*"|[^\s"%])+)', head))
        for place in set(re.findall(r"\{\{ *(\w+) *\}\}", body)) & WRITTEN:
            apart = re.search(rf'<(?:bdi|\w+ dir="auto")[^>]*>\{{\{{ *{place} *\}}\}}', body)
            if "isolate" not in given.get(place, "") and not apart:
                yield f"{place}: {body[:80]}"


# The name in a mail is set apart where it is given to the template; the front door counts languages.
GIVEN_APART = {"mail.html", "mail.txt", "doors.html"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('said(_("Ask %(name)s"), name=n)', 0),
        ('_("Ask %(name)s") % {"name": n}', 1),
        ('_("%(count)s hours") % {"count": n}', 0),
        ('sentence % {"title": n}', 1),
        ('sentences[key] % {"owner": n}', 1),
    ],
)
def test_the_look_through_code_sees_bare_sentences(code, found):
    assert len(list(bare_in_code(ast.parse(code)))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% blocktranslate with name=n.name|isolate %}Ask {{ name }}{% endblocktranslate %}", 0),
        ("{% blocktranslate with name=n.name %}Ask {{ name }}{% endblocktranslate %}", 1),
        ("{% blocktranslate %}Ask {{ name }}{% endblocktranslate %}", 1),
        ("{% blocktranslate with name=n.name %}Ask <bdi>{{ name }}</bdi>{% endblocktranslate %}", 0),
    ],
)
def test_the_look_through_templates_sees_bare_sentences(text, found):
    assert len(list(bare_in_template(text))) == found


def test_no_sentence_in_the_code_is_filled_without_setting_names_apart():
    found = {
        f"{path.relative_to(settings.ROOT)}:{bare}"
        for path in files("py")
        if "migrations" not in path.parts
        for bare in bare_in_code(ast.parse(path.read_text()))
    }
    assert found == set()


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_no_sentence_in_a_template_is_either(ending):
    found = {
        f"{path.relative_to(settings.ROOT)}: {bare}"
        for path in files(ending)
        if path.name not in GIVEN_APART
        for bare in bare_in_template(path.read_text())
    }
    assert found == set()


def test_a_sentence_sets_texts_apart_and_leaves_numbers_to_agree():
    one = ngettext("%(count)s question to %(name)s", "%(count)s questions to %(name)s", 1)
    assert said(one, count=1, name=HEBREW) == f"1 question to {FSI}{HEBREW}{PDI}"
    assert said(gettext("Ask %(name)s"), name=LATIN) == "Ask Noor"
    assert said("%(a)s", a=isolated(HEBREW)) == f"{FSI}{HEBREW}{PDI}"
    assert hasattr(isolated(mark_safe(f"<b>{HEBREW}</b>")), "__html__")
    with override("ar"):
        assert said("%(name)s", name=LATIN) == f"{FSI}{LATIN}{PDI}"


def around(text: str, name: str) -> set[bool]:
    """Of each place at which the name stands inside other words: whether it is set apart."""
    shown = re.sub(r"(?s)<(script|style|svg|title|datalist)\b.*?</\1>|<[^>]*>", "\n", text)
    lines = [line.strip() for line in shown.splitlines() if name in line]
    return {f"{FSI}{name}{PDI}" in line for line in lines if line not in (name, f"{FSI}{name}{PDI}")}


@pytest.mark.parametrize(("language", "name"), [("en", HEBREW), ("ar", LATIN)])
def test_pages_and_mails_set_a_name_of_the_other_direction_apart(
    client, db, language, name, django_capture_on_commit_callbacks
):
    person = PersonFactory(name=name, listed=True)
    reader = UserFactory(name=name, language=language)
    Organisation.objects.create(name=name, slug="one", type="partner")
    client.force_login(reader)
    seen: set[bool] = set()
    for path in (
        "",
        f"people/{person.pk}/",
        f"people/{person.pk}/ask/",
        "organisations/one/",
        "reports/new/",
    ):
        seen |= around(client.get(f"/{language}/{path}").text, name)
    with django_capture_on_commit_callbacks(execute=True), override(language):
        notify(reader, "exchange_asked", {"name": name}, url="/exchanges/")
    [message] = mail.outbox
    html = str(message.alternatives[0][0])
    seen |= around(message.body, name) | around(message.subject, name) | around(html, name)
    assert seen == {True}
