"""Fields: label, hint and error in place; what was typed stays; the summary leads to each field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django import forms
from django.template import Context, Template


class NeedForm(forms.Form):
    title = forms.CharField(label="What do you need?", help_text="In <one> sentence", max_length=12)
    people = forms.IntegerField(label="For how many?", required=False)
    how = forms.ChoiceField(
        label="How?", choices=[("text", "In writing"), ("call", "By call")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="When?",
        choices=[("a", "Mornings"), ("b", "Evenings")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="Others may see this")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Nothing was saved.")


SENT = {"title": "A text that is <b>too long</b>", "people": "many"}


def whole(form: forms.Form) -> str:
    return Template("{% load design %}{{ form }}").render(Context({"form": form}))


def test_a_label_belongs_to_its_field_and_the_hint_is_told_with_it() -> None:
    html = NeedForm()["title"].as_field_group()
    assert '<label class="label" for="id_title">What do you need?' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'id="id_title_helptext">In &lt;one&gt; sentence' in html


def test_an_error_stands_at_the_field_and_keeps_what_was_typed() -> None:
    html = NeedForm(SENT)["title"].as_field_group()
    assert 'value="A text that is &lt;b&gt;too long&lt;/b&gt;"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'class="errors" id="id_title_error"' in html


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    assert "(optional)" in NeedForm()["people"].as_field_group()
    assert "(optional)" not in NeedForm()["title"].as_field_group()


def test_a_form_may_leave_the_word_optional_out() -> None:
    form = NeedForm()
    form.mark_optional = False
    assert "(optional)" not in form["people"].as_field_group()


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = NeedForm(SENT)["how"].as_field_group()
    assert '<fieldset aria-describedby="id_how_error"><legend>How?</legend>' in html
    assert html.count('type="radio"') == 2


def test_a_single_checkbox_stands_before_its_words() -> None:
    html = NeedForm()["agree"].as_field_group()
    assert re.search(
        r'<label class="option" for="id_agree">\s*<input type="checkbox".*?>\s*<span>Others may see this</span>',
        html,
    )


def test_the_summary_counts_and_links_to_each_field() -> None:
    html = Template("{% load design %}{% form_errors form %}").render(Context({"form": NeedForm(SENT)}))
    assert "6 answers need another look" in html
    assert "Nothing was saved." in html
    assert re.findall(r'href="#([^"]+)"', html) == ["id_title", "id_people", "id_how_0", "id_agree"]
    assert 'role="alert" tabindex="-1" autofocus' in html


def test_each_link_of_the_summary_leads_to_something_on_the_page() -> None:
    html = whole(NeedForm(SENT))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_without_errors_there_is_no_summary() -> None:
    assert Template("{% load design %}{% form_errors form %}").render(Context({"form": NeedForm()})) == ""


def test_a_whole_form_prints_hidden_fields_once() -> None:
    assert whole(NeedForm()).count('name="token"') == 1


class LetterForm(forms.Form):
    text = forms.CharField(max_length=12, widget=forms.Textarea(attrs={"rows": 3}))
    title = forms.CharField(max_length=12)
    mail = forms.EmailField(max_length=12)
    link = forms.URLField(max_length=12, assume_scheme="https")
    code = forms.CharField(max_length=12, widget=forms.TextInput(attrs={"dir": "ltr"}))
    word = forms.CharField(max_length=12, widget=forms.PasswordInput)


def test_no_browser_cuts_what_is_pasted_and_the_server_says_what_is_too_long() -> None:
    assert "maxlength" not in whole(LetterForm())
    html = whole(LetterForm({"text": "A letter of many words"}))
    assert "at most 12 characters (it has 22)" in html
    assert "A letter of many words</textarea>" in html


def test_free_text_has_the_direction_of_what_is_written() -> None:
    form = LetterForm()
    html = {name: str(form[name]) for name in form.fields}
    assert [name for name, field in html.items() if 'dir="auto"' in field] == ["text", "title"]
    assert 'dir="ltr"' in html["code"]


def test_no_template_cuts_what_people_write_or_leaves_it_without_a_direction() -> None:
    """Fields that templates write by hand. Words to search for may be bounded: nothing is kept of them."""
    root = Path(__file__).parents[2]
    found = []
    for path in root.glob("[!.]*/**/templates/**/*.html"):
        if "admin" in path.parts or "node_modules" in path.parts:
            continue
        for tag in re.findall(r'<textarea[^>]*|<input[^>]*type="(?:text|url|email)"[^>]*', path.read_text()):
            free = "textarea" in tag or 'type="text"' in tag
            if "maxlength" in tag or (free and 'dir="' not in tag):
                found.append((path.name, tag))
    assert found == []
