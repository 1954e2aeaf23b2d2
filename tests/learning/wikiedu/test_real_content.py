"""The real training content: every count, and every word, link and picture in its order.

Counting rules: a quiz is a slide with `assessment`; a video is one YouTube address, however often it is
shown; an image reference is one `<img>` of an English body (the 29 of Spanish bodies repeat them).
"""

import re
from collections import Counter
from html.parser import HTMLParser

from learning.importers.wikiedu import links, markdown
from learning.importers.wikiedu.blocks import Accordion, Button, Code, Image, Note, RichText, Table, Video
from learning.importers.wikiedu.body import read_body
from learning.importers.wikiedu.reports import Defects, Kind

from .conftest import Read, flat


class Words(HTMLParser):
    """Reads HTML as a person does: words, where links lead, which pictures are shown."""

    INLINE = frozenset(
        {
            "a",
            "abbr",
            "b",
            "cite",
            "code",
            "em",
            "i",
            "mark",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "u",
            "s",
        }
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.in_code = 0
        self.links: list[str] = []
        self.images: list[str] = []
        self.feed(html)
        self.close()
        self.words = re.findall(r"\w+", self.text)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.in_code += tag == "pre"
        # An address in code that is to be copied is no link, though the renderer makes one of it.
        if tag == "a" and attributes.get("href") and not self.in_code:
            self.links.append(links.rewrite(attributes["href"]).href)
        if tag == "img":
            self.images.append((attributes.get("src") or "").strip())
        self.text += "" if tag in self.INLINE else " "

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "pre"
        self.text += "" if tag in self.INLINE else " "


def shown(piece) -> str:
    """Return a piece as the plainest HTML that shows all of it."""
    match piece:
        case RichText(html) | Note(html):
            return html
        case Image():
            file_page = f'<a href="{piece.credit_url}"></a>' if piece.credit_url else ""
            return f'<img src="{piece.src}"> {piece.caption} {piece.credit} {piece.licence} {file_page}'
        case Button(label, href):
            return f'<a href="{href}">{label}</a>'
        case Accordion(summary, inner):
            return f"<p>{summary}</p>" + "".join(shown(part) for part in inner)
        case Code(text):
            return f"<pre>{text}</pre>"
        case Table(rows):
            return "".join(f"<p>{cell}</p>" for row in rows for cell in row)
        case Video():
            return ""
    raise TypeError(piece)


def test_the_counts_are_those_of_the_source(real: Read):
    training = real.training
    slides = training.slides.values()
    quizzes = [slide.quiz for slide in slides if slide.quiz]
    assert (len(training.libraries), len(training.modules), len(training.slides)) == (3, 57, 492)
    assert (len(quizzes), sum(len(quiz.answers) for quiz in quizzes)) == (30, 113)
    assert sum("es" in slide.translations for slide in slides) == 111
    assert sum("es" in module.translations for module in training.modules.values()) == 10
    assert sum(1 for s in slides if "es" in s.translations and s.translations["es"].quiz) == 4


def test_videos_and_image_references_are_all_there(real: Read):
    counts: Counter[tuple[str, type]] = Counter()
    videos = set()
    for language, title, body, path in real.bodies():
        for piece in flat(read_body(body, title, path, Defects())):
            counts[language, type(piece)] += 1
            if isinstance(piece, Video):
                videos.add(piece.youtube_id)
    assert len(videos) == 11
    assert counts["en", Image] == 128
    assert counts["es", Image] == 29
    assert counts["en", Video] == 17
    assert counts["en", Button] == 27


def test_no_word_link_or_picture_is_lost_and_all_keep_their_order(real: Read):
    compared = 0
    for language, title, body, path in real.bodies():
        before = Words(markdown.render(body.value))
        pieces = read_body(body, title, path, Defects())
        after = Words("".join(f"<div>{shown(piece)}</div>" for piece in pieces))
        assert after.words == before.words, (path, language)
        assert after.images == before.images, (path, language)
        assert Counter(after.links) == Counter(before.links), (path, language)
        compared += len(after.words)
    assert compared > 55_000


def test_every_picture_has_its_file_page(real: Read):
    for _, title, body, path in real.bodies():
        for piece in flat(read_body(body, title, path, Defects())):
            if isinstance(piece, Image):
                assert piece.file_page.startswith("https://"), (path, piece)


def test_every_link_into_the_training_leads_somewhere(real: Read):
    missing = []
    for _, title, body, path in real.bodies():
        for html in map(shown, read_body(body, title, path, Defects())):
            for href in Words(html).links:
                target = links.target(href)
                if target and (
                    (target.module and target.module not in real.training.modules)
                    or (target.slide and target.slide not in real.training.slides)
                ):
                    missing.append((path, href))
    assert missing == []


def test_spanish_and_english_have_the_same_pieces_in_nearly_all_slides(real: Read):
    same = total = 0
    for slide in real.training.slides.values():
        if "es" not in slide.translations:
            continue
        translation = slide.translations["es"]
        english = read_body(slide.body, slide.title, slide.source.path, Defects())
        spanish = read_body(translation.body, translation.title, slide.source.path, Defects())
        total += 1
        same += [type(piece) for piece in english] == [type(piece) for piece in spanish]
    assert total == 111
    assert same >= 101


def test_the_defects_of_the_source_are_named(real: Read):
    defects = Defects()
    for _, title, body, path in real.bodies():
        read_body(body, title, path, defects)
    assert len(real.defects.of(Kind.SYMBOL_KEYS)) == 4
    counts = defects.count()
    assert counts[Kind.MISSING_VIDEO_TITLE] == 23
    assert counts[Kind.UNBALANCED_HTML] == 5
    assert counts[Kind.MISSING_ALT] == 154
    assert {d.path.rsplit("/")[-1].split("-")[0] for d in defects.of(Kind.UNBALANCED_HTML)} == {
        "2413",
        "4702",
        "5801",
    }
