"""The demo's learning content holds together: keys, languages, files, captions, capacities."""

from __future__ import annotations

import csv
import html.parser
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import webvtt
import yaml
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "site" / "exchange" / "demo"
DATA = DEMO / "data" / "learning"
MEDIA = DEMO / "media"

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
FOUR_LANGUAGES = {"en", "es", "fr", "ar"}
ALLOWED_TAGS = {"p", "ul", "ol", "li", "h2", "h3", "b", "i", "a"}
BLOCK_TYPES = {"text", "image", "video", "callout", "accordion", "checklist", "quiz", "task", "discussion"}


def load(pattern: str) -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text()) for path in sorted(DATA.glob(pattern))}


MODULES = load("module-*.yaml")
WEBINARS = load("webinar-*.yaml")
COURSES = load("course-*.yaml")
PAGES = yaml.safe_load((DATA / "pages.yaml").read_text())["pages"]
HOME = yaml.safe_load((DATA / "home.yaml").read_text())
EVERYTHING = MODULES | WEBINARS | COURSES

each_module = pytest.mark.parametrize("name", MODULES)
each_webinar = pytest.mark.parametrize("name", WEBINARS)
each_course = pytest.mark.parametrize("name", COURSES)


def blocks_of(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every block of one language of a module."""
    for step in page["steps"]:
        yield from step["blocks"]


def skeleton(page: dict[str, Any]) -> list[Any]:
    """What must be the same in each language: keys, types, right answers, files."""
    bones: list[Any] = []
    for step in page["steps"]:
        bones.append((step["key"], step["minutes"]))
        for block in step["blocks"]:
            fixed = {
                name: block.get(name)
                for name in ("file", "tone", "evidence", "multiple", "recording", "start")
            }
            parts = [
                (part["key"], part.get("correct"))
                for part in block.get("items", []) + block.get("answers", [])
            ]
            bones.append((block["key"], block["type"], fixed, parts))
    return bones


def strings(value: Any) -> Iterator[str]:
    """Every string inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


class Tags(html.parser.HTMLParser):
    """Collects the tags of a piece of HTML and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def seconds(stamp: str) -> float:
    """A WebVTT timestamp in seconds, with its thousandths."""
    hours, minutes, rest = stamp.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(rest), 3)


def test_the_demo_has_the_promised_pages() -> None:
    assert len(MODULES) == 6
    assert len(WEBINARS) >= 2
    assert len(COURSES) == 1
    translated = [name for name, module in MODULES.items() if set(module["languages"]) == FOUR_LANGUAGES]
    assert len(translated) == 2
    assert [name for name, webinar in WEBINARS.items() if set(webinar["languages"]) == FOUR_LANGUAGES]
    assert set(HOME["languages"]) == FOUR_LANGUAGES


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_page_is_found_by_its_file_name_and_teaches_known_capacities(name: str) -> None:
    page = EVERYTHING[name]
    assert page["key"] == name
    assert name.endswith(f"-{page['slug']}")
    with (ROOT / "directory" / "taxonomy" / "data" / "capacities.csv").open() as table:
        known = {row["slug"] for row in csv.DictReader(table)}
    assert page["capacities"]
    assert set(page["capacities"]) <= known


@pytest.mark.parametrize("name", EVERYTHING)
def test_texts_fit_their_fields(name: str) -> None:
    for texts in EVERYTHING[name]["languages"].values():
        assert len(texts["title"]) <= 255
        assert 0 < len(texts["summary"]) <= 300
        assert len(texts.get("audience", "")) <= 600
        assert 3 <= len(texts["outcomes"]) <= 4
        assert all(len(outcome) <= 250 for outcome in texts["outcomes"])


@pytest.mark.parametrize("name", EVERYTHING)
def test_html_is_simple_and_well_formed(name: str) -> None:
    for text in strings(EVERYTHING[name]):
        tags = Tags()
        tags.feed(text)
        assert not tags.open
        assert tags.seen <= ALLOWED_TAGS


@each_module
def test_a_module_is_complete_in_each_language(name: str) -> None:
    module = MODULES[name]
    english = module["languages"]["en"]
    assert 6 <= len(english["steps"]) <= 9
    assert module["minutes"] == sum(step["minutes"] for step in english["steps"])
    for language, page in module["languages"].items():
        assert skeleton(page) == skeleton(english), language


@each_module
def test_a_module_has_everything_a_lesson_needs(name: str) -> None:
    blocks = list(blocks_of(MODULES[name]["languages"]["en"]))
    types = [block["type"] for block in blocks]
    assert set(types) <= BLOCK_TYPES
    assert 1 <= types.count("quiz") <= 3
    for needed in ("checklist", "image", "accordion", "task", "discussion"):
        assert needed in types
    assert all(block["evidence"] in ("none", "link", "text") for block in blocks if block["type"] == "task")
    assert all(block["tone"] in ("tip", "warning", "note") for block in blocks if block["type"] == "callout")


@each_module
def test_keys_are_unique_in_a_module(name: str) -> None:
    page = MODULES[name]["languages"]["en"]
    keys = [step["key"] for step in page["steps"]] + [block["key"] for block in blocks_of(page)]
    assert all(isinstance(key, str) for key in keys)
    assert len(set(keys)) == len(keys)
    for block in blocks_of(page):
        parts = [part["key"] for part in block.get("items", []) + block.get("answers", [])]
        assert len(set(parts)) == len(parts)


@each_module
def test_a_question_has_one_right_answer_and_speaks_to_each_choice(name: str) -> None:
    for page in MODULES[name]["languages"].values():
        for block in blocks_of(page):
            if block["type"] == "quiz":
                answers = block["answers"]
                assert len(answers) >= 3
                assert block["multiple"] is False
                assert [answer["correct"] for answer in answers].count(True) == 1
                told = [answer["feedback"] for answer in answers]
                assert all(told)
                assert len(set(told)) == len(told)


@each_module
def test_an_image_exists_and_is_described(name: str) -> None:
    for page in MODULES[name]["languages"].values():
        for block in blocks_of(page):
            if block["type"] == "image":
                file = MEDIA / block["file"]
                assert file.stat().st_size < 60 * KILOBYTE
                with Image.open(file) as image:
                    assert image.width == 1200
                assert len(block["alt"]) > 40
                assert block["credit"]
                assert block["licence"]


@each_module
def test_a_video_points_into_a_recording(name: str) -> None:
    for block in blocks_of(MODULES[name]["languages"]["en"]):
        if block["type"] == "video":
            minutes, rest = block["start"].split(":")
            assert int(minutes) * 60 + int(rest) < WEBINARS[block["recording"]]["media"]["seconds"]


@each_webinar
def test_a_recording_has_small_files(name: str) -> None:
    webinar = WEBINARS[name]
    media = webinar["media"]
    assert 150 <= media["seconds"] <= 240
    assert (MEDIA / media["video"]).stat().st_size <= 2.5 * MEGABYTE
    assert (MEDIA / media["audio"]).stat().st_size <= MEGABYTE
    assert (MEDIA / media["slides"]).read_bytes().startswith(b"%PDF")
    with Image.open(MEDIA / media["poster"]) as poster:
        assert poster.size == (media["width"], media["height"])
    known = {
        person["key"]: person["name"] for person in yaml.safe_load((DEMO / "data/people.yaml").read_text())
    }
    assert all(known[speaker["person"]] == speaker["name"] for speaker in webinar["speakers"])


@each_webinar
def test_captions_follow_the_speech_in_each_language(name: str) -> None:
    webinar = WEBINARS[name]
    length = webinar["media"]["seconds"]
    times = {}
    for language, texts in webinar["languages"].items():
        captions = webvtt.read(MEDIA / texts["captions"])
        cues = [(seconds(cue.start), seconds(cue.end)) for cue in captions]
        assert all(start < end for start, end in cues)
        assert all(before[1] <= after[0] for before, after in pairwise(cues))
        assert cues[-1][1] <= length
        assert all(cue.text.strip() for cue in captions)
        voices = {cue.voice for cue in captions}
        assert voices == {speaker["name"] for speaker in webinar["speakers"]}
        times[language] = cues
    assert all(cues == times["en"] for cues in times.values())


@each_webinar
def test_chapters_begin_where_somebody_begins_to_speak(name: str) -> None:
    webinar = WEBINARS[name]
    starts = {
        language: [part["start"] for part in texts["chapters"]]
        for language, texts in webinar["languages"].items()
    }
    english = starts["en"]
    assert english[0] == 0
    assert english == sorted(set(english))
    assert all(other == english for other in starts.values())
    cues = {seconds(cue.start) for cue in webvtt.read(MEDIA / webinar["languages"]["en"]["captions"])}
    assert set(english[1:]) <= cues


@each_course
def test_a_course_names_people_lessons_and_dates_that_exist(name: str) -> None:
    course = COURSES[name]
    known = {person["key"] for person in yaml.safe_load((DEMO / "data/people.yaml").read_text())}
    assert {facilitator["person"] for facilitator in course["facilitators"]} <= known
    languages = set(course["languages"])
    for week in course["weeks"]:
        assert set(week["modules"]) <= set(MODULES)
        assert set(week["webinars"]) <= set(WEBINARS)
        assert languages <= set(week)
        assert all(len(week[language]["summary"]) <= 250 for language in languages)
    days = [session["days_from_load"] for session in course["sessions"]]
    assert days == sorted(days)
    assert course["enrol_until_days"] < days[0]
    assert all(0 <= session["hour_utc"] < 24 for session in course["sessions"])


def test_the_home_page_fits_its_fields_in_each_language() -> None:
    english = HOME["languages"]["en"]
    for texts in HOME["languages"].values():
        assert len(texts["headline"]) <= 200
        assert len(texts["lead"]) <= 500
        assert len(texts["examples"]) == 3
        assert [step["kind"] for step in texts["story"]] == [step["kind"] for step in english["story"]]
        assert [step["kind"] for step in texts["story"]] == ["need", "recording", "person", "offer"]
        assert all(len(step["text"]) <= 200 for step in texts["story"])


def test_standard_pages_are_there_and_well_formed() -> None:
    by_key = {page["key"]: page for page in PAGES}
    assert {"about", "code-of-conduct", "privacy", "figures", "help"} <= set(by_key)
    for key in ("about", HOME["story_page"]):
        assert set(by_key[key]["languages"]) == FOUR_LANGUAGES
    for page in PAGES:
        assert page.get("parent", "help") in by_key
        for texts in page["languages"].values():
            assert len(texts["introduction"]) <= 600
            tags = Tags()
            tags.feed(texts["body"])
            assert not tags.open
            assert tags.seen <= ALLOWED_TAGS


def test_texts_speak_in_the_house_tone() -> None:
    for text in strings([EVERYTHING, PAGES, HOME]):
        assert "!" not in text
        # “your users” is quoted as what not to say; user names and user groups are called so on the wikis.
        assert not re.search(r"(?<!your )\busers?\b(?! (name|group))", text, re.IGNORECASE)


def test_media_stay_small() -> None:
    assert sum(file.stat().st_size for file in MEDIA.rglob("*") if file.is_file()) <= 8 * MEGABYTE
