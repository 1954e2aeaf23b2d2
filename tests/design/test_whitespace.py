"""What indentation puts into a template is dropped when it is compiled, and a reader sees the same page."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import Lexer, TokenType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.design import template_loader
from foundation.design.template_loader import CompactTemplate, is_ours
from foundation.design.whitespace import BLOCK_LEVEL, DRAWS_BLOCK_LEVEL, without_unseen
from tests.visible import seen

LIBRARIES = {"i18n": "django.templatetags.i18n"}
ENGINE = Engine(libraries=LIBRARIES)


def compiled(source: str, **context: object) -> str:
    """What a template of ours writes."""
    return str(CompactTemplate(source, engine=ENGINE).render(Context(context)))


def as_written(source: str, **context: object) -> str:
    """What the same template writes where nothing is dropped."""
    return str(Template(source, engine=ENGINE).render(Context(context)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul>\n  <li>\n    One\n  </li>\n  <li>Two</li>\n</ul>\n", "<ul><li>One</li><li>Two</li></ul>"),
        ("<p>\n  One\n  <b>two</b>\n  three\n</p>\n", "<p>One <b>two</b> three</p>"),
        ("<p><a>One</a>\n<a>Two</a></p>", "<p><a>One</a> <a>Two</a></p>"),
        ("<p><a>One</a><a>Two</a></p>", "<p><a>One</a><a>Two</a></p>"),
        ("<p>One<br>\n  two</p>", "<p>One<br>two</p>"),
        ("<h{{ level }}>\n  One\n</h{{ level }}>", "<h2>One</h2>"),
        ("<p\n  class='a  b'\n  id=\"c\"\n>\n  One</p>", "<p class='a  b' id=\"c\">One</p>"),
        ("{% load i18n %}\n{# why #}\n<p>One</p>\n", "<p>One</p>"),
        ("<p>\n  {# why #}\n  One\n  {# why #}\n  two\n  {% firstof 1 as x %}\n</p>", "<p>One two</p>"),
        ("<p>One {% comment %} a  b {% endcomment %} two</p>", "<p>One two</p>"),
        ("<p>{{ one }}\n  {{ two }}</p>", "<p>1 2</p>"),
        ("<p>\n{{ one }}{{ two }}\n</p>", "<p>12</p>"),
        ("<option>\n  One\n</option>\n<option>Two</option>", "<option>One</option><option>Two</option>"),
        ("{{ one }}\n", "1"),
        ("\n{% load i18n %}\n  {{ one }}\n", "1"),
        ("{% load i18n %} class='a'", " class='a'"),
        (
            "<body{% block a %} class='a'{% endblock %}>{% block b %}\n  <p>1</p>\n{% endblock %}",
            "<body class='a'><p>1</p>",
        ),
        ("<b>1</b>\n{% block a %}{{ one }}{% endblock %}\n<b>2</b>", "<b>1</b> 1 <b>2</b>"),
        ("<p{% block a %} id='a'{% endblock %}>{{ one }}</p>", "<p id='a'>1</p>"),
        ("<p>One\u00a0 \u00a0two</p>", "<p>One\u00a0 \u00a0two</p>"),
    ],
)
def test_a_line_break_is_a_blank_between_words_and_nothing_between_blocks(source: str, expected: str) -> None:
    assert compiled(source, level=2, one=1, two=2) == expected


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("<p>\n  {% if x %}\n    One\n  {% else %}\n    Two\n  {% endif %}\n</p>", "<p>One</p>", "<p>Two</p>"),
        ("<p>One\n  {% if x %}\n    two\n  {% endif %}\n  three</p>", "<p>One two three</p>", "<p>One three</p>"),
        ("<p>One{% if x %}, two{% endif %}.</p>", "<p>One, two.</p>", "<p>One.</p>"),
        ("<p>One\n{% if x %}<b>two</b>{% endif %}</p>", "<p>One <b>two</b></p>", "<p>One </p>"),
        ("<b>One</b>{% if x %}\n  <p>two</p>\n{% endif %}<b>1</b>", "<b>One</b><p>two</p><b>1</b>", "<b>One</b><b>1</b>"),
        ("<a\n  {% if x %}\n    id='i'\n  {% endif %}\n>One</a>", "<a id='i'>One</a>", "<a >One</a>"),
        ("<div>\n  {% if x %}\n    <p>One</p>\n  {% endif %}\n</div>", "<div><p>One</p></div>", "<div></div>"),
        ("<p>\n  {% if not x %}\n  {% elif x %}\n    One\n  {% endif %}\n</p>", "<p>One</p>", "<p></p>"),
    ],
)  # fmt: skip
def test_a_tag_alone_on_a_line_leaves_no_blank(source: str, yes: str, no: str) -> None:
    assert compiled(source, x=True) == yes
    assert compiled(source, x=False) == no


def test_rounds_of_a_loop_are_told_apart_as_they_were_written() -> None:
    apart = "<p>\n  {% for n in '123' %}\n    <b>{{ n }}</b>\n  {% endfor %}\n</p>"
    joined = "<p>{% for n in '123' %}<b>{{ n }}</b>{% endfor %}</p>"
    items = "<ul>\n  {% for n in '12' %}\n    <li>{{ n }}</li>\n  {% empty %}\n    no\n  {% endfor %}\n</ul>"
    assert compiled(apart) == "<p><b>1</b> <b>2</b> <b>3</b> </p>"
    assert compiled(joined) == "<p><b>1</b><b>2</b><b>3</b></p>"
    assert compiled(items) == "<ul><li>1</li><li>2</li></ul>"


@pytest.mark.parametrize(
    "source",
    [
        "<pre>\n  One\n    {{ one }}\n{% if one %}\n  two\n{% endif %}</pre>",
        "<textarea rows='2'>\n\n  One\n</textarea>",
        "<script>\n  one()\n  // two\n  three()\n</script>",
        "<style>\n  a  b { }\n</style>",
        "<!-- a\n  b -->",
        "<p title='a\n  b' class=\"a\n   b\">One</p>",
        "{% verbatim %}<p>\n  {{ one }}\n</p>{% endverbatim %}",
        "{% load i18n %}{% blocktranslate %}\n  One\n  <b> two </b>\n{% endblocktranslate %}",
    ],
)
def test_what_must_keep_its_blanks_keeps_them(source: str) -> None:
    assert compiled(source, one=1) == as_written(source, one=1)


def test_sentences_to_translate_are_looked_up_as_they_are_written() -> None:
    source = "{% load i18n %}<p>\n{% blocktranslate %}\n  One {{ one }}\n{% endblocktranslate %}\n</p>"
    tokens = Lexer(source).tokenize()
    before = [token.contents for token in tokens]
    after = [token.contents for token in without_unseen(Lexer(source).tokenize())]
    begin, end = before.index("blocktranslate"), before.index("endblocktranslate")
    assert (
        before[begin : end + 1] == after[after.index("blocktranslate") : after.index("endblocktranslate") + 1]
    )


@pytest.mark.parametrize(
    "source", ["{% if x %}<pre>{% endif %}\n  a\n  b", "<p>\n{% if x %}<a \n{% else %}<b>{% endif %}\n</p>"]
)
def test_a_template_that_is_not_understood_is_left_alone(source: str) -> None:
    texts = [
        token.contents
        for token in without_unseen(Lexer(source).tokenize())
        if token.token_type == TokenType.TEXT
    ]
    assert "".join(texts) == "".join(
        token.contents for token in Lexer(source).tokenize() if token.token_type == TokenType.TEXT
    )


def test_tags_said_to_draw_something_block_level_do_so() -> None:
    """By the first and the last tag of their components."""
    for name in sorted(DRAWS_BLOCK_LEVEL | {"facet", "facts", "form_errors", "pagination", "reason"}):
        if name.startswith("end") or name == "message_notice":
            continue
        source = Engine.get_default().get_template(f"components/{name}/{name}.html").source
        tags = re.findall(r"<(/?[a-z0-9]+)", re.sub(r"\{[%{#].*?[#}%]\}", "", source))
        assert tags[0] in BLOCK_LEVEL and tags[-1][1:] in BLOCK_LEVEL, name  # noqa: PT018


# Any template ---------------------------------------------------------------------------------------------

BLANKS = st.sampled_from(["", " ", "\n", "\n    ", "  \t "])
LEAVES = st.sampled_from(
    [
        "word", "two words", ",", "{{ v }}", "{{ e }}", "<br>", "<img alt=''>", "{# why #}", "{% firstof v as w %}",
        "<pre> a\n  b </pre>", "<input\n  value='a  b'\n>", "<textarea>\n c  d\n</textarea>",
        "{% comment %}\n <p> \n{% endcomment %}", "{% verbatim %} {{ v }}\n {% endverbatim %}", "&nbsp;",
    ]
)  # fmt: skip


def _around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(st.tuples(BLANKS, inside, BLANKS).map("".join), min_size=1, max_size=3).map("".join)
    frames = [
        "<p>{}</p>", "<div class='a'>{}</div>", "<b>{}</b>", "<a\n  href='x'\n  {{% if no %}} id='y'{{% endif %}}\n>{}</a>",
        "<li>{}</li>", "<button>{}</button>", "{{% if yes %}}{}{{% endif %}}", "{{% if no %}}{}{{% endif %}}",
        "{{% if no %}}word{{% else %}}{}{{% endif %}}", "{{% if no %}}{}{{% elif yes %}}{}{{% else %}}{}{{% endif %}}",
        "{{% for n in three %}}{}{{% endfor %}}", "{{% for n in none %}}{}{{% empty %}}{}{{% endfor %}}",
        "{{% for n in three %}}{}{{% empty %}}{}{{% endfor %}}", "{{% with q=v %}}{}{{% endwith %}}",
        "{{% for n in three %}}{{% if forloop.first %}}{}{{% endif %}}{}{{% endfor %}}",
    ]  # fmt: skip
    return st.builds(
        lambda frame, parts: frame.format(*parts[: frame.count("{}")]),
        st.sampled_from(frames),
        st.tuples(several, several, several),
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.recursive(LEAVES, _around, max_leaves=8), min_size=1, max_size=3).map("".join))
def test_a_reader_sees_the_same_with_and_without_what_is_dropped(source: str) -> None:
    context = {"v": "value", "e": "", "yes": 1, "no": 0, "three": "abc", "none": ""}
    plain, compact = as_written(source, **context), compiled(source, **context)
    assert seen(compact) == seen(plain)
    assert len(compact) <= len(plain)


# The loader -----------------------------------------------------------------------------------------------


def test_pages_are_loaded_by_it_and_kept() -> None:
    engine = Engine.get_default()
    found = engine.get_template("components/crumbs/crumbs.html")
    assert isinstance(found, CompactTemplate)
    assert engine.get_template("components/crumbs/crumbs.html") is found
    assert (
        engine.get_template("base.html").source
        == (site_settings.ROOT / "site/exchange/templates/base.html").read_text()
    )


def test_mails_as_text_and_other_packages_keep_every_blank() -> None:
    engine = Engine.get_default()
    assert not isinstance(engine.get_template("notifications/mail.txt"), CompactTemplate)
    foreign = engine.get_template("wagtailadmin/base.html")
    assert not isinstance(foreign, CompactTemplate)
    assert not is_ours(foreign.origin)


def engine_with(folder: Path, monkeypatch: Any) -> Engine:
    monkeypatch.setattr(template_loader.settings, "ROOT", folder)
    loaders = [("foundation.design.template_loader.Loader", ["django.template.loaders.filesystem.Loader"])]
    return Engine(dirs=[folder], loaders=loaders, debug=True)


def test_an_error_names_the_line_of_the_file(tmp_path: Path, monkeypatch: Any) -> None:
    engine = engine_with(tmp_path, monkeypatch)
    lines = "<div>\n  <p>\n    One\n  </p>\n\n  {% if x %}\n    {{ x|add:y }}\n  {% endif %}\n"
    (tmp_path / "compiling.html").write_text(lines + "  <p>{% nonsense %}</p>\n</div>\n")
    with pytest.raises(TemplateSyntaxError) as told:
        engine.get_template("compiling.html")
    assert told.value.template_debug["line"] == 9
    assert told.value.template_debug["during"] == "{% nonsense %}"
    (tmp_path / "rendering.html").write_text(lines + "  <p>{{ broken }}</p>\n</div>\n")

    def broken() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken") as raised:
        engine.get_template("rendering.html").render(Context({"broken": broken}))
    assert raised.value.template_debug["line"] == 9, traceback.format_exception(raised.value)
    assert raised.value.template_debug["during"] == "{{ broken }}"


def test_what_is_not_there_is_told_with_where_it_was_looked_for(tmp_path: Path, monkeypatch: Any) -> None:
    from django.template import TemplateDoesNotExist

    with pytest.raises(TemplateDoesNotExist) as told:
        engine_with(tmp_path, monkeypatch).get_template("nowhere.html")
    assert [str(origin) for origin, _why in told.value.tried] == [str(tmp_path / "nowhere.html")]


def test_a_template_may_extend_the_one_of_the_same_name_below_it(tmp_path: Path, monkeypatch: Any) -> None:
    for name, text in (
        ("upper", "{% extends 'a.html' %}{% block b %}\n<p>up</p>\n{% endblock %}"),
        ("lower", "<i>{% block b %}{% endblock %}</i>"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text(text)
    monkeypatch.setattr(template_loader.settings, "ROOT", tmp_path)
    loaders = [("foundation.design.template_loader.Loader", ["django.template.loaders.filesystem.Loader"])]
    engine = Engine(dirs=[tmp_path / "upper", tmp_path / "lower"], loaders=loaders)
    assert engine.get_template("a.html").render(Context()) == "<i><p>up</p></i>"
