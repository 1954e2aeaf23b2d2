"""Recordings: captions, transcript, what may be published."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from exchange.home.models import CreditedDocument
from learning.captions import CaptionError, parse_captions
from learning.models import Caption, Speaker, WebinarPage
from learning.transcripts import paragraphs, places
from tests.factories.directory import PersonFactory
from tests.factories.learning import VTT, learning_home, make_webinar, translate


def test_captions_keep_the_milliseconds_and_the_voice():
    cues = parse_captions(VTT)
    assert cues[0] == (0, 4500, "Amina Diallo", "We asked for a room before we asked for money.")
    assert cues[2][0] == 62_500


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Line 1: these are no captions."),
        ("WEBVTT\n\n0:1 --> 2\nHello", "Line 3: these times cannot be read"),
        ("WEBVTT\n\n00:05.000 --> 00:01.000\nHello", "Line 3: this caption ends before it begins"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n\n", "Line 3: there are no words below these times."),
        ("WEBVTT\n\nNOTE nothing here\n", "There is not a single caption in this text."),
    ],
)
def test_errors_in_captions_name_the_line(text, message):
    with pytest.raises(CaptionError) as found:
        parse_captions(text)
    assert message in found.value.messages[0]


def test_all_errors_are_named_at_once():
    with pytest.raises(CaptionError) as found:
        parse_captions("WEBVTT\n\n00:05.000 --> 00:01.000\nA\n\n0:1 --> 2\nB")
    assert [message.split(":")[0] for message in found.value.messages] == ["Line 3", "Line 6"]


def test_windows_line_ends_and_a_byte_order_mark_are_survived():
    assert len(parse_captions("\ufeff" + VTT.replace("\n", "\r\n"))) == 3


def test_a_transcript_joins_what_one_voice_says():
    found = paragraphs(parse_captions(VTT))
    assert [(row.voice, row.clock) for row in found] == [("Amina Diallo", "0:00"), ("Jonas Weber", "1:02")]
    assert found[0].text.endswith("The first agreement was one page.")


@pytest.mark.parametrize(
    ("said", "asked", "language"),
    [
        ("Bots & gadgets", "Bots & gadgets", "en"),
        ("Café déjà vu", "cafe", "fr"),
        ("Café déjà vu", "deja vu", "fr"),
        ("Put a date in it.", "dates", "en"),
        ("يبدأ اللقاء بهدف", "لقاء", "ar"),
        ("我们在图书馆见面", "图书", "zh-hans"),
        ("The agreement", "agreem", "en"),  # while somebody types
    ],
)
def test_the_transcript_is_found_as_the_site_finds(said, asked, language):
    found = paragraphs([(0, 1000, "", "Nothing of it"), (9000, 9500, "", said)])
    assert [place.number for place in places(found, asked, language)] == [1]


def test_a_place_holds_as_many_of_the_words_as_any():
    said = ("A grant", "A museum", "A museum with a grant")
    found = paragraphs([(n * 9000, n * 9000 + 1, "", text) for n, text in enumerate(said)])
    assert [(place.number, place.ranges) for place in places(found, "the grant of museums", "en")] == [
        (2, ((2, 8), (16, 21)))
    ]
    assert places(found, "zeppelin", "en") == []
    assert places(found, "!", "en") == []


@pytest.mark.django_db
def test_a_recording_without_captions_cannot_be_published():
    page = WebinarPage(
        title="Silent", slug="silent", live=False, external_url="https://commons.wikimedia.org/x"
    )
    learning_home().add_child(instance=page)
    with pytest.raises(ValidationError, match="captions in at least one language"):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live


@pytest.mark.django_db
def test_captions_may_be_read_from_a_file():
    page = make_webinar()
    document = CreditedDocument.objects.create(title="vtt", file=ContentFile(VTT.encode(), "talk.vtt"))
    caption = Caption(page=page, language="fr", file=document)
    caption.clean()
    assert caption.file is None
    assert caption.text == VTT
    assert len(caption.cues) == 3


@pytest.mark.django_db
def test_the_page_shows_chapters_and_a_transcript_that_work_without_script(client):
    page = make_webinar(
        chapters=[
            {"type": "chapter", "id": "c1", "value": {"start": "1:00", "title": "From a yes to a page"}}
        ]
    )
    shown = client.get(page.url).text
    assert 'href="?t=60#player"' in shown
    assert 'href="?t=62#player"' in shown
    assert "From a yes to a page" in shown


@pytest.mark.django_db
def test_the_transcript_can_be_searched_on_the_server(client):
    page = make_webinar()
    shown = client.get(page.url, {"q": "AGREEMENT"}).text
    assert shown.count("<mark>") == 2
    assert "2 places" in shown
    assert client.get(page.url, {"q": '"\x00<script>'}).status_code == 200


@pytest.mark.django_db
def test_the_script_of_the_page_asks_where_it_is_said(client):
    said = VTT.replace("And put", "😀 And <i>put")
    page = make_webinar(captions=[Caption(language="en", text=said)])
    answer = client.get(f"{page.url}places/en/", {"q": "dated"})
    assert answer.json() == {"places": [[1, [[13, 17], [48, 52]]]]}  # in units of UTF-16, as scripts count
    assert client.get(f"{page.url}places/en/").json() == {"places": []}
    assert client.get(f"{page.url}places/fr/", {"q": "date"}).status_code == 404


@pytest.mark.django_db
def test_captions_and_transcript_are_files_of_this_site(client):
    page = make_webinar()
    captions = client.get(f"{page.url}captions/en/")
    assert captions["Content-Type"].startswith("text/vtt")
    assert captions.content.decode() == VTT
    assert b"[1:02] Jonas Weber: And put a date in it." in client.get(f"{page.url}transcript/en/").content
    assert client.get(f"{page.url}captions/fr/").status_code == 404


@pytest.mark.django_db
def test_a_translated_page_has_the_captions_of_the_original(client):
    page = make_webinar()
    spanish = translate(page, "es")
    spanish.captions.all().delete()
    assert "Amina Diallo" in client.get(spanish.url).text


@pytest.mark.django_db
def test_speakers_of_the_directory_can_be_asked_and_others_are_only_named(client):
    listed, unlisted = PersonFactory(name="Amina Diallo"), PersonFactory(name="Jonas Weber", unlisted=True)
    page = make_webinar(
        speakers=[
            Speaker(person=listed),
            Speaker(person=unlisted),
            Speaker(name="A guest", about="From a museum"),
        ]
    )
    shown = client.get(page.url).text
    assert f'href="{listed.get_absolute_url()}' in shown
    assert "Ask the speakers" in shown
    assert str(unlisted.pk) not in shown
    assert "Jonas Weber" in shown
    assert "A guest" in shown


@pytest.mark.django_db
def test_a_recording_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    page = make_webinar(speakers=[Speaker(person=PersonFactory()) for _number in range(5)])
    client.get(page.url)
    with django_assert_max_num_queries(24):
        client.get(page.url)
