"""Markdown bodies to typed pieces."""

import pytest

from learning.importers.wikiedu.blocks import (
    Accordion,
    Button,
    Code,
    Image,
    Layout,
    Note,
    RichText,
    Table,
    Video,
)
from learning.importers.wikiedu.body import read_body, read_line
from learning.importers.wikiedu.records import Text
from learning.importers.wikiedu.reports import Defects, Kind, Outcome


def pieces(markdown: str, defects: Defects | None = None) -> tuple:
    text = Text(markdown, "content", line=1, literal=True)
    return read_body(text, "The title", "slides/1-x.yml", defects if defects is not None else Defects())


def test_a_slide_becomes_its_pieces_in_order(garden):
    kinds = [type(piece) for piece in garden.pieces("what-soil-is")]
    assert kinds == [Image, RichText, Button]


def test_a_figure_keeps_file_page_credit_licence_and_place(garden):
    image = garden.pieces("what-soil-is")[0]
    assert image.file_name == "Brown earth, wet.jpg"
    assert image.file_page == "https://commons.wikimedia.org/wiki/File:Brown_earth,_wet.jpg"
    assert image.credit == "Photo by A. Gardener"
    assert image.credit_url == image.file_page
    assert image.licence == "CC BY-SA 4.0"
    assert image.layout is Layout.END


def test_text_keeps_lists_quotations_headings_rules_and_wikitext(garden):
    html = garden.pieces("what-soil-is")[1].html
    assert "<h3>Kinds</h3>" in html
    assert "<ul><li>clay</li><li>sand, and in it:<ol><li>fine</li><li>coarse</li></ol></li></ul>" in html
    assert "<blockquote>Dig <i>deep</i>.</blockquote><hr/>" in html
    assert "<code>{{Soil}}</code> and [[Soil]] stay" in html


def test_links_into_the_training_are_kept_for_the_loader(garden):
    html = garden.pieces("what-soil-is")[1].html
    assert '<a href="training:/pictures-of-worms">the worms</a>' in html
    assert '<a href="training:pruning">pruning</a>' in html
    assert '<a href="training:soil-and-water/compost-quiz">one slide of it</a>' in html
    assert '<a href="https://dashboard.wikiedu.org/feedback">us</a>' in html


def test_a_sandbox_button_leads_to_the_readers_own_wiki_page(garden):
    button = garden.pieces("what-soil-is")[2]
    assert button.label == "Write your notes"
    assert button.href == (
        "https://en.wikipedia.org/wiki/Special:MyPage/Soil_notes?veaction=edit&preload=Template:Soil"
    )


def test_every_construct_of_the_worms_comes_through(garden):
    video, worm, text, icon, two, rest = garden.pieces("pictures-of-worms")
    assert video == Video("w0rmV1deo01", "Pictures of worms", portrait=True)
    assert (worm.alt, worm.layout, worm.file_page) == (
        "A worm on a leaf",
        Layout.FULL,
        "https://en.wikipedia.org/wiki/File:Worm.svg",
    )
    assert worm.caption == 'A worm, <a href="https://en.wikipedia.org/wiki/Worm">seen</a> from above'
    assert text.html == (
        "<p>This text is <b>glued</b> to the figure.</p>"
        "<p>A worm is long<sup>[1]</sup>, soft and <b>wet</b>.</p>"
    )
    assert (icon.src, icon.layout) == ("https://dashboard.wikiedu.org/assets/images/worm.svg", Layout.ICON)
    assert (two.alt, two.caption) == ("Two worms", "Two worms")
    assert rest == RichText("<p>Slow worms</p>")


def test_every_construct_of_the_tools_comes_through(garden):
    text, accordion, note, code, table, link = garden.pieces("tools-of-the-trade")
    assert text == RichText("<p>Folded text with a <b>bold</b> word.</p>")
    assert accordion == Accordion(
        "Which tools?",
        (RichText('<p>A spade and a <a href="https://example.org/rake">rake</a>.</p>'),),
    )
    assert note == Note("<p>NOTE: Clean your tools.</p>")
    assert code == Code("dig(deep)")
    assert table == Table((("Tool", "Use"), ("Spade", "to <i>dig</i>")))
    assert link == Button("Tools of the trade", "https://example.org/embedded/map")


def test_bare_addresses_become_links(garden):
    html = garden.pieces("watering-in-the-evening")[0].html
    assert '<a href="https://example.org/late">https://example.org/late</a>' in html


@pytest.mark.parametrize(
    ("kind", "line", "outcome"),
    [
        (Kind.MISSING_VIDEO_TITLE, 5, Outcome.MENDED),
        (Kind.BROKEN_IMAGE, 9, Outcome.SKIPPED),
        (Kind.GLUED_TEXT, 11, Outcome.MENDED),
        (Kind.RELATIVE_LINK, 14, Outcome.MENDED),
        (Kind.MISSING_ALT, 14, Outcome.NOTED),
        (Kind.MISSING_ALT, 18, Outcome.MENDED),
        (Kind.UNBALANCED_HTML, 19, Outcome.MENDED),
        (Kind.DROPPED_MARKUP, 24, Outcome.SKIPPED),
        (Kind.DROPPED_MARKUP, 26, Outcome.SKIPPED),
    ],
)
def test_what_is_wrong_in_a_body_is_named_by_line_of_its_file(garden, kind, line, outcome):
    garden.pieces("pictures-of-worms")
    found = [
        (d.line, d.outcome) for d in garden.defects.of(kind) if d.path.endswith("0013-pictures-of-worms.yml")
    ]
    assert (line, outcome) in found


@pytest.mark.parametrize(
    "markdown",
    [
        '<a href="javascript:alert(1)">press</a>',
        '<p onclick="alert(1)">press</p>',
        "[press](javascript:alert(1))",
        '<a href="data:text/html,x">press</a>',
        '<img src="x" onerror="alert(1)"> press',
        "<svg onload=alert(1)>press</svg>",
        "press <style>body{display:none}</style>",
    ],
)
def test_nothing_that_runs_comes_through(markdown):
    written = repr(pieces(markdown)).lower()
    assert "press" in written
    for danger in ('href="javascript', "onclick", "onerror", 'href="data:', "<svg", "<style", "onload"):
        assert danger not in written


@pytest.mark.parametrize("markdown", ["", "\n", "   \n\n", "<p></p>", "<div></div>", "&nbsp;"])
def test_an_empty_body_has_no_text(markdown):
    assert not [piece for piece in pieces(markdown) if not isinstance(piece, RichText)]


def test_text_of_an_unclosed_figure_is_not_lost():
    found = pieces('<figure>\n<img src="https://example.org/a.png">\n\nWords **after** it.')
    assert [type(piece) for piece in found] == [Image, RichText]
    assert found[1].html == "<p>Words <b>after</b> it.</p>"


def test_a_picture_in_a_list_is_shown_below_the_list():
    found = pieces('1. one <img src="https://example.org/a.png">\n2. two')
    assert [type(piece) for piece in found] == [RichText, Image]
    assert found[0].html == "<ol><li>one</li><li>two</li></ol>"


def test_paragraphs_in_list_items_become_lines():
    assert pieces("- one\n\n  more\n\n- two")[0].html == "<ul><li>one<br/>more</li><li>two</li></ul>"


def test_the_text_of_a_template_language_is_left_alone():
    assert pieces("{{ user.password }} {% load x %}")[0].html == "<p>{{ user.password }} {% load x %}</p>"


def test_a_short_text_becomes_one_run_of_rich_text(garden):
    answer = garden.training.slides["compost-quiz"].quiz.correct
    html = read_line(answer.explanation, "x.yml", Defects())
    assert html == '<p>Correct! See <a href="training:/what-soil-is">what soil is</a>.</p>'


def test_lines_of_folded_text_point_at_its_beginning():
    defects = Defects()
    read_body(Text("a\n\n<div>", "content", line=7), "T", "x.yml", defects)
    assert [defect.line for defect in defects] == [7]
