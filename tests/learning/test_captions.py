"""Captions as people's tools write them. The small samples here are of the kinds that the field has sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from exchange.home.models import CreditedDocument
from foundation.accounts.constants import Role
from learning.captions import CaptionError, read_captions, sentence
from learning.documents import WebinarDocument
from learning.models import Caption, WebinarPage
from learning.transcripts import paragraphs
from tests.factories.accounts import UserFactory
from tests.factories.learning import VTT, make_webinar

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
\u0020
hello<00:00:00.480><c> and</c><00:00:00.640><c> welcome</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
hello and welcome
\u0020

00:00:02.399 --> 00:00:04.630 align:start position:0%
hello and welcome
to<00:00:02.720><c> our</c><00:00:03.120><c> garden</c>
"""


def said(text: str) -> list[str]:
    return [words for _start, _end, _voice, words in read_captions(text).cues]


def notes(text: str) -> list[str]:
    return [sentence(note) for note in read_captions(text).notes]


def cue(words: str, times: str = "00:00:01.000 --> 00:00:02.000") -> str:
    return f"WEBVTT\n\n{times}\n{words}\n"


def test_automatic_captions_have_each_word_once_and_the_players_file_stays():
    reading = read_captions(ROLLING)
    assert [cue[3] for cue in reading.cues] == ["hello and welcome", "to our garden"]
    assert reading.text == ROLLING
    assert paragraphs(reading.cues)[0].text == "hello and welcome to our garden"
    assert "stand once" in notes(ROLLING)[0]


def test_captions_that_grow_word_by_word_are_rolling_too():
    times = [
        "00:00:01.000 --> 00:00:02.000",
        "00:00:02.000 --> 00:00:03.000",
        "00:00:03.000 --> 00:00:04.000",
    ]
    words = ["We", "We dig", "We dig a\npond"]
    text = "WEBVTT\n\n" + "\n\n".join(f"{time}\n{line}" for time, line in zip(times, words, strict=True))
    assert said(text) == ["We", "dig", "a pond"]


def test_who_says_yes_twice_has_said_it_twice():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.\n"
    assert said(text) == ["Yes.", "Yes."]


@pytest.mark.parametrize(
    ("text", "words", "note"),
    [
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nB",
            ["B"],
            "Line 3: there are no words",
        ),
        (cue("Still", "00:00:01.000 --> 00:00:01.000"), ["Still"], "Line 3: this caption has no length"),
        (
            cue("Late", "00:61:05.000 --> 00:61:09.000"),
            ["Late"],
            "Line 3: 00:61:05.000 --> 00:61:09.000 was read as",
        ),
        (cue("Short", "0:0:1.0 --> 0:0:3.12"), ["Short"], "00:00:01.000 --> 00:00:03.120"),
        (cue("Comma", "00:01,000 --> 00:02,000"), ["Comma"], "00:00:01.000 --> 00:00:02.000"),
        (
            cue("Menu\nFile --> Save as"),
            ["Menu"],
            "Line 5: players show nothing from a line with “-->” on: File",
        ),
        (cue("I <3 it"), ["I <3 it"], "Line 4: a “<” that is no tag"),
        (cue("A") + "\n0:1 --> 2\nB", ["A"], "Line 6: these times cannot be read"),
        (cue("A") + "\n00:05.000 --> 00:04.000\nB", ["A"], "Line 6: this caption ends before it begins"),
        ("\n\nWEBVTT\n\n00:01.000 --> 00:02.000\nA", ["A"], ""),
    ],
)
def test_what_is_odd_is_mended_or_named_by_its_line_and_the_rest_is_taken(text, words, note):
    assert said(text) == words
    assert note in " ".join(notes(text))


def test_times_that_no_browser_plays_are_written_right_in_the_players_file():
    text = cue("Late", "00:61:05.000 --> 0:61:09.5 line:0")
    assert read_captions(text).text == cue("Late", "01:01:05.000 --> 01:01:09.500 line:0")


def test_many_odd_times_are_not_many_notes():
    text = "WEBVTT\n\n" + "\n\n".join(f"0:0:{n}.0 --> 0:0:{n}.9\nWord {n}" for n in range(59))
    caption = Caption(language="en", text=text)
    caption.clean()
    assert len(caption.notes) == 20
    assert caption.notes[-1] == "And 40 more."


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\nNOTE moved from 1 --> 2\n\n00:00:01.000-->00:00:02.000\nTight",
        "WEBVTT\n\nNOTE\nmoved from 1 --> 2\n\n00:01.000 --> 00:02.000 align:start\nTight",
        "WEBVTT - a title\nKind: captions\n\n\n\nid-1\n1:00:01.000\t-->\t1:00:02.000\nTight",
        "WEBVTT\n00:01.000 --> 00:02.000\nTight",
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nTight",
        "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nTight\r\n",
    ],
)
def test_what_browsers_play_is_played_without_a_note(text):
    assert said(text) == ["Tight"]
    assert notes(text) == []


def test_entities_are_letters_and_tags_are_nothing():
    text = cue("&gt;&gt; Use &lt;ref&gt; &amp; <i>it&#39;s</i> <c.red>easy</c><00:00:01.500>&nbsp;so")
    assert said(text) == [">> Use <ref> & it's easy so"]


def test_hostile_markup_is_words_or_nothing():
    text = cue('<img src=x onerror="alert(1)">Look <a href="javascript:x">here</a> &lt;script&gt;')
    assert said(text) == ["Look here <script>"]


def test_each_voice_of_a_caption_is_its_own():
    text = cue("<v Ana>Yes?\n<v.loud Jonas Weber>No!</v>")
    assert [row[2:] for row in read_captions(text).cues] == [("Ana", "Yes?"), ("Jonas Weber", "No!")]


def test_names_before_a_colon_are_voices_where_they_are_usual():
    blocks = ["Ana Diallo: Welcome.", "Jonas: Thank you.", "Ana Diallo: Note: bring a cable."]
    text = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\n{line}" for n, line in enumerate(blocks))
    assert [row[2:] for row in read_captions(text).cues] == [
        ("Ana Diallo", "Welcome."),
        ("Jonas", "Thank you."),
        ("Ana Diallo", "Note: bring a cable."),
    ]
    plain = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{line}" for n, line in enumerate(["One", "Note: two", "Three", "Four"])
    )
    assert {row[2] for row in read_captions(plain).cues} == {""}


SRT = """1
00:00:01,000 --> 00:00:02,000
<i>How</i> many {\\an8}pages < 5?

2
00:00:02,500 --> 00:00:03,000
42

3
00:00:03,500 --> 00:00:04,000
First line

and one after a blank line
4
00:00:00,500 --> 00:00:00,900
Out of order

00:00:06,000 --> 00:00:05,000
Backwards
"""


def test_subrip_is_kept_as_webvtt_in_order_of_time():
    reading = read_captions(SRT.replace("\n", "\r\n"))
    assert [row[3] for row in reading.cues] == [
        "Out of order",
        "How many pages < 5?",
        "42",
        "First line and one after a blank line",
    ]
    assert reading.text.startswith("WEBVTT\n\n00:00:00.500 --> 00:00:00.900\nOut of order\n\n")
    assert "<i>How</i> many pages &lt; 5?" in reading.text
    assert "Backwards" not in reading.text
    assert notes(SRT) == [
        "Line 18: this caption ends before it begins and is left out: Backwards",
        "Read as SubRip (SRT) and kept as WebVTT.",
    ]
    assert read_captions(reading.text).notes == []


def test_sbv_is_kept_as_webvtt():
    reading = read_captions(
        "0:00:01.000,0:00:03.500\nWelcome.\nAll.\n\n10:00:07.000,10:00:08.000\n>> Ten[br][br]hours.\n"
    )
    assert [row[::3] for row in reading.cues] == [(1000, "Welcome. All."), (36_007_000, ">> Ten hours.")]
    assert "10:00:07.000 --> 10:00:08.000\n&gt;&gt; Ten\nhours." in reading.text


@pytest.mark.parametrize("text", ["", "Hello", "WEBVTT\n\nNOTE no cue", "{\\rtf1 hello}"])
def test_what_no_player_plays_is_refused(text):
    with pytest.raises(CaptionError):
        read_captions(text)


# Uploaded, pasted, shown


def uploaded(content: bytes, name: str = "talk.srt", language: str = "en") -> Caption:
    document = CreditedDocument.objects.create(title=name, file=ContentFile(content, name))
    caption = Caption(language=language, file=document)
    caption.clean()
    return caption


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "guessed"),
    [
        (SRT.encode("utf-16"), False),
        (b"\xfe\xff" + SRT.encode("utf-16-be"), False),
        (SRT.encode("utf-16-le"), True),
        (SRT.encode("utf-8-sig"), False),
        (SRT.replace("pages", "pâges “ici”").encode("cp1252"), True),
    ],
    ids=["UTF-16", "big end first", "without mark", "UTF-8 with mark", "Windows-1252"],
)
def test_files_are_read_in_the_encodings_of_offices(content, guessed):
    caption = uploaded(content)
    assert len(caption.cues) == 4
    assert caption.file is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\xff" * 50, "1\n00:01,0 --> 00:02,0\nПривет всем".encode("cp1251")]
)
def test_what_is_no_text_is_refused_with_a_sentence(content):
    with pytest.raises(ValidationError, match="Save it as UTF-8"):
        uploaded(content)


@pytest.mark.django_db
def test_a_file_that_is_far_too_long_is_not_cut_silently():
    with pytest.raises(ValidationError, match="larger than captions are"):
        uploaded(cue("x " * 1_200_000).encode())


@pytest.mark.django_db
def test_the_language_that_the_file_names_is_proposed_and_another_one_is_asked_about():
    text = "WEBVTT\nKind: captions\nLanguage: pt-BR\n\n00:01.000 --> 00:02.000\nBem-vindas.\n"
    proposed = Caption(text=text)
    proposed.clean()
    assert proposed.language == "pt"
    assert proposed.notes == []
    other = Caption(text=text, language="en")
    other.clean()
    assert other.notes == [
        "The file says that it is in Português, and you have chosen English. Is that right?"
    ]
    with pytest.raises(ValidationError, match="Choose the language"):
        Caption(text=VTT).clean()


@pytest.mark.django_db
def test_notes_stay_until_the_text_is_another(client):
    caption = uploaded(SRT.encode())
    assert len(caption.notes) == 2
    caption.clean()  # saved again, as it is
    assert len(caption.notes) == 2
    caption.text = VTT
    caption.clean()
    assert caption.notes == []


def form_of(page: WebinarPage, *captions: dict[str, str]) -> dict[str, object]:
    """The recording's form as a browser sends it."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "introduction": rich_text(""),
            "audience": "",
            "external_url": page.external_url,
            "duration": "66",
            "spoken_language": "en",
            "chapters": streamfield([]),
            "outcomes": streamfield([]),
            "captions": inline_formset(list(captions), initial=1),
            "speakers": inline_formset([]),
            "comments": inline_formset([]),
            "depth": "",
            "action-publish": "1",
        }
    )


@pytest.mark.django_db
def test_the_editor_pastes_subrip_and_reads_the_notes(client):
    page = make_webinar()
    kept = {"id": str(page.captions.get().pk), "language": "en"}
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(edit, form_of(page, {**kept, "text": SRT}), follow=True)
    assert "Captions in English: Line 18: this caption ends before it begins" in answer.text
    assert WebinarPage.objects.get(pk=page.pk).captions.get().text.startswith("WEBVTT\n")
    assert "Line 18: this caption ends before" in client.get(edit).text


@pytest.mark.django_db
def test_two_captions_in_one_language_are_refused_and_what_was_typed_is_kept(client):
    page = make_webinar()
    kept = {"id": str(page.captions.get().pk), "language": "en"}
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    rows = [{**kept, "text": VTT}, {"language": "en", "text": ROLLING}]
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, *rows))
    assert "There are captions in this language above." in answer.text
    assert "hello and welcome" in answer.text
    assert WebinarPage.objects.get(pk=page.pk).captions.get().text == VTT


@pytest.mark.django_db
def test_readers_and_index_get_words_and_the_player_gets_the_file(client):
    page = make_webinar(
        captions=[Caption(language="en", text=ROLLING + "\n00:05.000 --> 00:06.000\n&lt;b&gt; &amp;\n")]
    )
    shown = client.get(page.url, {"q": "gardens"}).text
    assert "to our <mark>garden</mark> &lt;b&gt; &amp;" in shown
    assert client.get(f"{page.url}captions/en/").content.decode().startswith(ROLLING)
    document = next(iter(WebinarDocument().build([str(page.translation_key)])))
    assert [passage.text for passage in document.passages] == ["hello and welcome to our garden <b> &"]


# What people have sent


@pytest.fixture
def cases(shared_data: Path) -> Path:
    folder = shared_data / "field-cases"
    if not folder.is_dir():
        pytest.skip("The cases from the field are not beside this checkout.")
    return folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("caption-youtube-auto.vtt", ["welcome to this webinar", "about grant reports"]),
        ("caption-plain.srt", ["Hello everyone", "Good morning"]),
        ("caption-empty-cue.vtt", ["The one above is empty."]),
        ("caption-entities.vtt", [">> Use <ref> tags & templates; it's easier", "Café déjà vu"]),
        ("caption-arrow.vtt", ["No blanks round the arrow."]),
        (
            "round-2/caption-plain.sbv",
            [
                "Welcome to the call. It is about grant reports.",
                ">> Thank you, Ana.",
                "Ten hours later.",
            ],
        ),
        (
            "round-2/caption-numbers.srt",
            [
                "How many pages?",
                "42",
                "First line and one after a blank line",
                "No blank line before this number",
                "No number at all",
            ],
        ),
        ("round-2/caption-order.srt", ["First, and it runs into the second", "Second"]),
        ("round-2/caption-language.vtt", ["Bem-vindas e bem-vindos."]),
    ],
)
def test_cases_of_the_field(cases, name, words):
    assert said((cases / name).read_text()) == words


def test_hostile_and_late_cases_of_the_field(cases):
    reading = read_captions((cases / "round-2/caption-hostile.vtt").read_text())
    assert [row[3] for row in reading.cues] == ["Look here", ">now", "help <script>alert(5)</script>"]
    late = read_captions((cases / "caption-minute-over-59.vtt").read_text())
    assert [row[0] for row in late.cues] == [1000, 3_665_000, 3_720_000]
    assert len(late.notes) == 1
