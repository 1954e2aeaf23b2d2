"""Loading lessons, recordings and the course with its cohort."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from wagtail.models import Page

from exchange.demo.material import MEDIA, all_of, days_from_now, stable_id
from exchange.demo.people import Cast
from exchange.home.models import CreditedDocument, CreditedImage
from exchange.home.storage.base import called
from learning.models import (
    Caption,
    Cohort,
    CourseFacilitator,
    CoursePage,
    LearningIndexPage,
    Session,
    Speaker,
    TrainingModulePage,
    WebinarPage,
)

CREDIT = "The Capacity Exchange demo team (invented)"
LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"


class LearningLoader:
    """Makes the pages of the demo; recordings first, because lessons show them."""

    def __init__(self, homes: dict[str, LearningIndexPage], cast: Cast) -> None:
        self.homes, self.cast = homes, cast
        self.originals: dict[str, Page] = {}
        self.images: dict[str, CreditedImage] = {}

    def load(self) -> int:
        """Answers how many pages there are, all languages counted."""
        made = 0
        for kind, make in (("webinar", self._webinar), ("module", self._module), ("course", self._course)):
            for row in all_of(kind):
                for code, text in row["languages"].items():
                    self._publish(row, code, make(row, code, text))
                    made += 1
                if kind == "course":
                    self._cohort(row)
        return made

    # Pages -------------------------------------------------------------------------------------------

    def _publish(self, row: dict[str, Any], code: str, page: Any) -> None:
        original = self.originals.get(row["key"])
        if original is not None:
            page.translation_key = original.translation_key
        self.homes[code].add_child(instance=page)
        page.capacities.set([self.cast.capacities[slug] for slug in row["capacities"]])
        page.save()
        page.save_revision().publish()
        if original is None:
            self.originals[row["key"]] = page

    def _common(self, row: dict[str, Any], code: str, text: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": text["title"],
            "slug": row["slug"],
            "locale": self.homes[code].locale,
            "summary": text.get("summary") or "",
            "introduction": text.get("description") or "",
            "audience": text.get("audience") or "",
            "outcomes": [
                {"type": "outcome", "id": stable_id(row["key"], "outcome", str(number)), "value": line}
                for number, line in enumerate(text.get("outcomes") or [])
            ],
            "credit": CREDIT,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "is_demo": True,
        }

    def _module(self, row: dict[str, Any], code: str, text: dict[str, Any]) -> TrainingModulePage:
        minutes = row.get("minutes")
        return TrainingModulePage(
            minutes_min=minutes,
            minutes_max=minutes,
            steps=[self._step(row["key"], step) for step in text["steps"]],
            **self._common(row, code, text),
        )

    def _webinar(self, row: dict[str, Any], code: str, text: dict[str, Any]) -> WebinarPage:
        media = row["media"]
        page = WebinarPage(
            video=self._document(media.get("video")),
            audio=self._document(media.get("audio")),
            slides=self._document(media.get("slides")),
            poster=self._image(media.get("poster")),
            duration=round(media["seconds"]),
            recorded_on=days_from_now(-row["recorded_days_ago"]),
            spoken_language=row["spoken_language"],
            chapters=[
                {
                    "type": "chapter",
                    "id": stable_id(row["key"], "chapter", str(number)),
                    "value": {"start": _timestamp(chapter["start"]), "title": chapter["title"]},
                }
                for number, chapter in enumerate(text["chapters"])
            ],
            **self._common(row, code, text),
        )
        page.captions = [
            Caption(language=language, text=(MEDIA / other["captions"]).read_text(encoding="utf-8"))
            for language, other in row["languages"].items()
        ]
        page.speakers = [
            Speaker(
                person=self.cast.people.get(speaker.get("person") or ""),
                name=speaker.get("name") or "",
                about="",
            )
            for speaker in row["speakers"]
        ]
        return page

    def _course(self, row: dict[str, Any], code: str, text: dict[str, Any]) -> CoursePage:
        page = CoursePage(
            weeks=[self._week(row["key"], week, code) for week in row["weeks"]],
            costs=row["costs"].get(code) or row["costs"]["en"],
            **self._common(row, code, text),
        )
        page.facilitators = [
            CourseFacilitator(person=self.cast.people[leader["person"]], about=leader.get("about") or "")
            for leader in row["facilitators"]
        ]
        return page

    def _week(self, course: str, week: dict[str, Any], code: str) -> dict[str, Any]:
        text = week.get(code) or week["en"]
        pages = [self.originals[key] for key in [*week.get("modules", []), *week.get("webinars", [])]]
        return {
            "type": "week",
            "id": stable_id(course, "week", week["key"]),
            "value": {
                "title": text["title"],
                "summary": text.get("summary") or "",
                "minutes": round(float(week["hours"]) * 60),
                "text": text["text"],
                "pages": list(_items(course, week["key"], [page.pk for page in pages])),
            },
        }

    def _cohort(self, row: dict[str, Any]) -> None:
        sessions = row["sessions"] if "sessions" in row else row["cohort"]["sessions"]
        first, last = (edge(session["days_from_load"] for session in sessions) for edge in (min, max))
        starts = days_from_now(first)
        ends = days_from_now(max(last, first + 7 * len(row["weeks"]) - 1))
        now = timezone.now()
        cohort = Cohort.objects.create(
            course=self.originals[row["key"]],
            name=f"{starts:%B %Y}",
            language="en",
            opens=now - timedelta(days=14),
            closes=now + timedelta(days=row["enrol_until_days"]),
            starts_on=starts,
            ends_on=ends,
            seats=row["seats"],
            is_demo=True,
        )
        Session.objects.bulk_create(
            Session(
                cohort=cohort,
                sort_order=number,
                title=_title(session),
                starts_at=_moment(session["days_from_load"], session["hour_utc"]),
                minutes=session["minutes"],
                language=session["language"],
                interpretation=", ".join(session.get("interpretation") or []),
                meeting_url="https://meet.example/first-partnership",
            )
            for number, session in enumerate(sessions)
        )

    # Blocks ------------------------------------------------------------------------------------------

    def _step(self, module: str, step: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "step",
            "id": stable_id(module, step["key"]),
            "value": {
                "title": step["title"],
                "kicker": "",
                "minutes": step.get("minutes"),
                "next_label": "",
                "body": [self._block(module, step["key"], block) for block in step["blocks"]],
            },
        }

    def _block(self, module: str, step: str, block: dict[str, Any]) -> dict[str, Any]:
        kind = block["type"]
        name, value = getattr(self, f"_{kind}_block")(block, (module, step, block["key"]))
        return {"type": name, "id": stable_id(module, step, block["key"]), "value": value}

    def _text_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        return "text", block["value"]

    def _image_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        image = self._image(block["file"], title=block["alt"])
        credit = ", ".join(part for part in (block.get("credit"), block.get("licence")) if part)
        return "image", {
            "image": image.pk if image else None,
            "alt": block["alt"],
            "caption": block.get("caption") or "",
            "credit": credit,
        }

    def _video_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        recording = self.originals[block["recording"]]
        return "video", {
            "recording": recording.pk,
            "start": block.get("start") or "",
            "url": "",
            "title": block.get("title") or "",
            "credit": "",
        }

    def _callout_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        return "callout", {"kind": block["tone"], "title": block.get("title") or "", "text": block["text"]}

    def _accordion_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        parts = [(item["key"], {"title": item["title"], "text": item["text"]}) for item in block["items"]]
        return "accordion", {"items": list(_keyed(keys, parts))}

    def _checklist_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        parts = [(item["key"], item["text"]) for item in block["items"]]
        return "checklist", {
            "title": block.get("title") or "",
            "items": list(_keyed(keys, parts)),
            "required": False,
        }

    def _quiz_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        answers = [
            (
                answer["key"],
                {
                    "text": answer["text"],
                    "correct": bool(answer["correct"]),
                    "feedback": _html(answer["feedback"]),
                },
            )
            for answer in block["answers"]
        ]
        return "question", {
            "question": _html(block["question"]),
            "mode": "multiple" if block.get("multiple") else "single",
            "answers": list(_keyed(keys, answers)),
            "verdict_in_feedback": False,
        }

    def _task_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        evidence = block.get("evidence") or "none"
        return "task", {
            "title": block.get("title") or "",
            "text": _html(block["text"]),
            "evidence": evidence,
            "required": False,
        }

    def _discussion_block(self, block: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
        return "discussion", {"prompt": _html(block["prompt"]), "url": ""}

    # Files -------------------------------------------------------------------------------------------

    def _image(self, name: str | None, title: str = "") -> CreditedImage | None:
        if not name:
            return None
        if name not in self.images:
            image = CreditedImage(title=(title or name)[:255], credit=CREDIT, licence=LICENCE)
            _keep(image.file, name)
            image.save()
            self.images[name] = image
        return self.images[name]

    def _document(self, name: str | None) -> CreditedDocument | None:
        if not name:
            return None
        known = CreditedDocument.objects.filter(title=name).first()
        if known is not None:
            return known
        document = CreditedDocument(title=name, credit=CREDIT, licence=LICENCE)
        _keep(document.file, name)
        document.save()
        return document


def _keep(file: FieldFile, name: str) -> None:
    """Puts a file of the demo into the store, once: what an interrupted load has left there is used."""
    source = MEDIA / name
    folder, _slash, wanted = file.field.generate_filename(file.instance, f"demo-{name}").rpartition("/")
    for known in (
        f"{folder}/{entry}" for entry in _files_of(file.storage, folder) if called(entry) == wanted
    ):
        if file.storage.size(known) == source.stat().st_size:
            # Assigned to the field, not to the file: this reads the width and height of an image.
            setattr(file.instance, file.field.name, known)
            return
    with source.open("rb") as content:
        file.save(f"demo-{name}", File(content), save=False)


def _files_of(storage: Storage, folder: str) -> list[str]:
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:  # nothing was ever kept in it
        return []


def _items(course: str, week: str, values: list[int]) -> Iterator[dict[str, Any]]:
    for number, value in enumerate(values):
        yield {"type": "item", "id": stable_id(course, week, "page", str(number)), "value": value}


def _keyed(keys: tuple[str, ...], parts: list[tuple[str, Any]]) -> Iterator[dict[str, Any]]:
    for key, value in parts:
        yield {"type": "item", "id": stable_id(*keys, key), "value": value}


def _html(text: str) -> str:
    return text if text.lstrip().startswith("<") else f"<p>{text}</p>"


def _timestamp(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _moment(days: int, hour: float) -> datetime:
    day = days_from_now(days)
    at = time(int(hour), round((hour % 1) * 60))
    return timezone.make_aware(
        datetime.combine(day or timezone.localdate(), at), timezone.get_fixed_timezone(0)
    )


def _title(session: dict[str, Any]) -> str:
    title = session.get("title") or session.get("en", {}).get("title", "")
    return title.get("en", "") if isinstance(title, dict) else str(title)
