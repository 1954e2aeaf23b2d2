"""Records to pages: created, updated, left alone, translated."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils.translation import override
from wagtail.models import Locale, Page, Revision
from wagtail.rich_text import expand_db_html
from wagtail_localize.models import StringTranslation, Translation

from directory.models import Capacity
from learning.importers.wikiedu.links import SITE
from learning.importers.wikiedu.pages import suggested_capacities
from learning.importers.wikiedu.reports import Kind
from learning.importers.wikiedu.steps import block_id
from learning.models import ImportRecord, Library, TrainingModulePage

from .conftest import GARDEN, REAL, blocks, bring_in, describe, page, row

pytestmark = pytest.mark.usefixtures("learning_home")
TAXONOMY = Path(__file__).parents[3] / "directory/taxonomy/data/capacities.csv"
CONTENT = "training_content/wiki_ed"


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Change a text in one file of the source."""
    path = folder / CONTENT / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def everything() -> dict[str, int]:
    """Count what an import could change."""
    models = (Page, Revision, ImportRecord, Library, StringTranslation, Translation, Locale)
    return {model.__name__: model.objects.count() for model in models}


def test_a_module_becomes_a_published_page_with_credit_and_licence():
    bring_in(GARDEN, commit="abc123")
    soil = page("soil-and-water")
    assert soil.live
    assert soil.title == "Soil and water"
    assert soil.summary == "What plants need from the ground."
    assert soil.introduction == "<p>Bring gloves.</p>"
    assert soil.outcome_texts() == ["Answer: How wet is wet enough?", "Answer: What is compost?"]
    assert (soil.minutes_min, soil.minutes_max) == (10, 15)
    assert (soil.credit, soil.licence) == ("Wiki Education", "CC BY-SA 4.0")
    assert soil.source_url.endswith("/blob/abc123/training_content/wiki_ed/modules/soil-and-water.yml")
    assert [step.value["title"] for step in soil.steps] == [
        "What soil is",
        "Compost quiz",
        "Pictures of worms",
        "Tools of the trade",
        "Watering in the evening",
    ]
    first = soil.steps[0].value
    assert (first["kicker"], first["next_label"]) == ("Review", "Okay")


def test_links_into_the_training_lead_to_our_pages_and_others_to_the_original():
    bring_in(GARDEN)
    soil, pruning = page("soil-and-water"), page("pruning")
    html = blocks(soil, 0, "text")[0].source
    worms = block_id("slide", 99)
    assert f'<a linktype="page" id="{soil.pk}" step="{worms}">the worms</a>' in html
    assert f'<a linktype="page" id="{pruning.pk}">pruning</a>' in html
    assert f'href="{SITE}/feedback"' in html
    feedback = blocks(soil, 1, "question")[0]["answers"][1]["feedback"].source
    assert f'id="{soil.pk}"' in feedback


def test_a_link_to_a_slide_opens_that_step_in_the_readers_language(client):
    bring_in(GARDEN)
    spanish = page("soil-and-water", "es")
    with override("es"):
        html = expand_db_html(blocks(spanish, 0, "text")[0].source)
    address = re.search(r'href="([^"]*step=[^"]*)"[^>]*>los gusanos', html)[1]
    assert address.startswith(spanish.url)
    assert client.get(unescape(address))["Location"] == f"{spanish.url}step/3/"


def test_a_link_to_a_module_that_is_not_ours_leads_to_the_original(copy):
    change(
        copy, "slides/1-soil/0011-what-soil-is.yml", "/training/gardeners/pruning", "/training/x/roses/thorns"
    )
    bring_in(copy)
    html = blocks(page("soil-and-water"), 0, "text")[0].source
    assert f'href="{SITE}/training/students/roses/thorns"' in html


def test_a_quiz_becomes_a_question_with_feedback_for_each_answer():
    bring_in(GARDEN)
    question = blocks(page("soil-and-water"), 1, "question")[0]
    assert question["question"].source == "<p>What makes <b>good</b> compost?</p>"
    assert [(a["text"], a["correct"]) for a in question["answers"]] == [
        ("Yes", False),
        ("Leaves", True),
        ("2020", False),
    ]
    assert question["answers"][0]["feedback"].source == "<p>Incorrect. That is <i>no</i> answer.</p>"


def test_all_kinds_of_blocks_are_valid_for_the_editor():
    bring_in(GARDEN)
    kinds = set()
    for module in TrainingModulePage.objects.all():
        describe(module)
        module.steps.stream_block.clean(module.steps)
        module.outcomes.stream_block.clean(module.outcomes)
        kinds |= {block.block_type for step in module.steps for block in step.value["body"]}
    assert kinds == {
        "text",
        "remote_image",
        "video",
        "callout",
        "accordion",
        "question",
        "task",
        "discussion",
        "code",
        "table",
        "button",
    }


def test_pictures_keep_their_file_page_credit_and_licence():
    bring_in(GARDEN)
    image = blocks(page("soil-and-water"), 0, "remote_image")[0]
    assert image["file_page"] == "https://commons.wikimedia.org/wiki/File:Brown_earth,_wet.jpg"
    assert (image["credit"], image["licence"]) == ("Photo by A. Gardener", "CC BY-SA 4.0")
    assert image["size"] == "third"


def test_exercises_end_with_a_task_and_discussions_with_a_prompt():
    bring_in(GARDEN)
    task = blocks(page("pruning"), -1, "task")[0]
    assert task["evidence"] == "link"
    assert (
        "Special:MyPage/Pruning_diary?veaction=edit&amp;preload=Template:Garden_diary" in task["text"].source
    )
    prompt = blocks(TrainingModulePage.objects.get(title="Old tools"), -1, "discussion")[0]
    assert prompt["prompt"].source == "<p>Which tools did your grandparents use?</p>"


def test_a_deprecated_module_is_imported_but_not_published():
    bring_in(GARDEN)
    assert not TrainingModulePage.objects.get(title="Old tools").live


def test_a_library_lists_its_modules_under_its_own_names():
    bring_in(GARDEN)
    library = Library.objects.get()
    assert (library.name, library.listed, library.credit) == (
        "Gardening for everyone",
        False,
        "Wiki Education",
    )
    first, second = library.categories.all()
    assert first.title == "First steps"
    entry = first.entries.get()
    assert (entry.module, entry.name) == (page("soil-and-water"), "Soil, water and light")
    assert second.entries.get().module == page("pruning")


def test_the_table_says_what_was_found_and_done():
    result = bring_in(GARDEN)
    assert row(result, "libraries") == {"found": 1, "created": 1}
    assert row(result, "modules") == {"found": 4, "created": 3, "skipped": 1}
    assert row(result, "slides") == {"found": 11, "created": 6, "skipped": 5}
    assert row(result, "quizzes") == {"found": 2, "created": 2}
    assert row(result, "answers") == {"found": 5, "created": 5}
    assert row(result, "translations") == {"found": 4, "created": 4}
    assert row(result, "images") == {"found": 4, "created": 4}
    assert row(result, "videos") == {"found": 1, "created": 1}


def test_a_second_import_changes_nothing_and_asks_little(django_assert_max_num_queries):
    bring_in(GARDEN)
    before = everything()
    with django_assert_max_num_queries(8):
        result = bring_in(GARDEN)
    assert everything() == before
    assert row(result, "modules") == {"found": 4, "unchanged": 3, "skipped": 1}
    assert row(result, "slides") == {"found": 11, "unchanged": 6, "skipped": 5}


def test_a_dry_run_changes_nothing_and_says_what_would_be_done(copy):
    before = everything()
    assert row(bring_in(copy, dry_run=True), "modules") == {"found": 4, "created": 3, "skipped": 1}
    assert everything() == before
    bring_in(copy)
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    before = everything()
    result = bring_in(copy, dry_run=True)
    assert everything() == before
    assert row(result, "modules") == {"found": 4, "updated": 1, "unchanged": 2, "skipped": 1}
    assert row(result, "slides") == {"found": 11, "updated": 1, "unchanged": 5, "skipped": 5}


def test_an_edited_source_updates_the_page_and_keeps_the_ids_of_the_rest(copy):
    bring_in(copy)
    before = json.dumps(list(page("soil-and-water").steps.raw_data))
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    result = bring_in(copy)
    after = json.dumps(list(page("soil-and-water").steps.raw_data))
    assert row(result, "modules") == {"found": 4, "updated": 1, "unchanged": 2, "skipped": 1}
    assert after == before.replace("<b>late</b>", "<b>early</b>")


def test_a_comment_in_a_file_changes_nothing_here(copy):
    bring_in(copy)
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "id: 15", "id: 15 # a comment")
    result = bring_in(copy)
    assert row(result, "modules") == {"found": 4, "unchanged": 3, "skipped": 1}
    assert row(result, "slides") == {"found": 11, "unchanged": 6, "skipped": 5}


def test_a_paragraph_put_before_a_quiz_leaves_the_question_its_id(copy):
    bring_in(copy)
    before = page("soil-and-water").steps[1].value["body"][0]
    change(copy, "slides/2-quizzes/12-compost-quiz.yml", 'content: "\\n"', "content: Think first.")
    bring_in(copy)
    body = page("soil-and-water").steps[1].value["body"]
    assert [block.block_type for block in body] == ["text", "question"]
    assert body[1].id == before.id
    ids = [[item.id for item in block.value["answers"].bound_blocks] for block in (before, body[1])]
    assert ids[0] == ids[1]


def test_a_page_edited_here_is_left_alone_and_named(copy):
    bring_in(copy)
    module = page("soil-and-water")
    module.summary = "Our own words."
    module.save_revision().publish()
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    result = bring_in(copy)
    assert page("soil-and-water").summary == "Our own words."
    assert row(result, "modules") == {"found": 4, "unchanged": 2, "skipped": 2}
    assert [d.path for d in result.defects.of(Kind.LOCAL_EDIT)] == [f"{CONTENT}/modules/soil-and-water.yml"]
    bring_in(copy, overwrite_local_edits=True)
    assert page("soil-and-water").summary == "What plants need from the ground."


def test_a_draft_begun_here_counts_as_an_edit(copy):
    bring_in(copy)
    module = page("soil-and-water")
    module.title = "A better title"
    module.save_revision()
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    assert len(bring_in(copy).defects.of(Kind.LOCAL_EDIT)) == 1


def test_keys_that_the_editor_adds_to_paragraphs_are_no_edit(copy):
    bring_in(copy)
    module = page("soil-and-water")
    raw = json.dumps(list(module.steps.raw_data)).replace("<p>Water", '<p data-block-key=\\"x1\\">Water')
    module.steps = raw
    module.save_revision().publish()
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    assert row(bring_in(copy), "modules")["updated"] == 1


def test_a_page_deleted_here_stays_deleted_unless_asked_for(copy):
    bring_in(copy)
    page("pruning").delete()
    result = bring_in(copy)
    assert not TrainingModulePage.objects.filter(slug="pruning").exists()
    assert len(result.defects.of(Kind.LOCAL_EDIT)) >= 1
    bring_in(copy, overwrite_local_edits=True)
    assert page("pruning").live


def test_a_page_unpublished_here_is_updated_but_stays_unpublished(copy):
    bring_in(copy)
    page("pruning").unpublish()
    change(copy, "modules/pruning.yml", "Cut one branch", "Cut two branches")
    bring_in(copy)
    assert not page("pruning").live
    assert page("pruning").get_latest_revision_as_object().summary.startswith("Cut two branches")


def test_capacities_are_suggested_once_and_then_left_to_editors(copy, monkeypatch):
    compost, worms = (Capacity.add_root(slug=slug) for slug in ("compost", "worms"))
    monkeypatch.setitem(suggested_capacities(), "soil-and-water", ("compost", "no-such-capacity"))
    bring_in(copy)
    assert list(page("soil-and-water").capacities.all()) == [compost]
    module = page("soil-and-water")
    module.capacities.set([worms])
    module.save_revision().publish()
    change(copy, "slides/odd/15-watering-in-the-evening.yml", "Water **late**", "Water **early**")
    bring_in(copy)
    assert list(page("soil-and-water").capacities.all()) == [worms]


def test_every_suggested_capacity_exists():
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        known = {line["slug"] for line in csv.DictReader(file)}
    assert {slug for slugs in suggested_capacities().values() for slug in slugs} <= known


def test_an_import_that_was_interrupted_is_finished_by_the_next(copy):
    bring_in(copy)
    ImportRecord.objects.filter(slug="soil-and-water").update(built="")
    result = bring_in(copy)
    assert row(result, "modules") == {"found": 4, "created": 1, "unchanged": 2, "skipped": 1}
    assert TrainingModulePage.objects.filter(slug="soil-and-water").count() == 1


def test_a_broken_file_does_not_touch_what_was_imported_before(copy):
    bring_in(copy)
    (copy / CONTENT / "modules/pruning.yml").write_text("name: [never closed")
    result = bring_in(copy)
    assert page("pruning").live
    assert any(d.path.endswith("pruning.yml") for d in result.defects.of(Kind.YAML))


def test_a_slug_that_is_taken_by_another_page_gets_a_number(learning_home):
    learning_home.add_child(
        instance=TrainingModulePage(title="Ours", slug="pruning", locale=learning_home.locale)
    )
    bring_in(GARDEN)
    assert TrainingModulePage.objects.get(title="Prune a bush").slug == "pruning-1"


# Translations ----------------------------------------------------------------------------------------------


def test_spanish_is_a_real_translation_with_the_same_blocks():
    bring_in(GARDEN)
    original, spanish = page("soil-and-water"), page("soil-and-water", "es")
    assert spanish.live
    assert (spanish.title, spanish.slug) == ("Suelo y agua", "suelo-y-agua")
    assert spanish.summary == "Lo que las plantas necesitan del suelo."
    assert spanish.introduction == "<p>Trae guantes.</p>"
    assert spanish.outcome_texts()[1] == "Responder: ¿Qué es el compost?"
    assert [step.id for step in spanish.steps] == [step.id for step in original.steps]
    assert spanish.steps[0].value["kicker"] == "Repaso"
    translation = Translation.objects.get()
    assert translation.source.object_id == original.translation_key
    assert not StringTranslation.objects.filter(has_error=True).exists()


def test_spanish_texts_stand_where_the_english_ones_do():
    bring_in(GARDEN)
    spanish = page("soil-and-water", "es")
    html = blocks(spanish, 0, "text")[0].source
    assert html.startswith("<p>El suelo está <i>vivo</i>. Mira <a ")
    assert "<ul><li>arcilla</li><li>arena, y en ella:<ol><li>fina</li><li>gruesa</li></ol></li></ul>" in html
    assert f'<a id="{page("pruning").pk}" linktype="page">la poda</a>' in html
    assert f'step="{block_id("slide", 99)}"' in html
    assert blocks(spanish, 0, "button")[0]["label"] == "Escribe tus notas"
    assert blocks(spanish, 0, "remote_image")[0]["credit"] == "Foto de A. Gardener"
    question = blocks(spanish, 1, "question")[0]
    assert [(a["text"], a["correct"]) for a in question["answers"]] == [
        ("Sí", False),
        ("Hojas", True),
        ("2020", False),
    ]
    assert question["answers"][1]["feedback"].source == "<p>¡Correcto!</p>"


def test_a_translation_of_another_shape_goes_in_whole_and_is_named():
    result = bring_in(GARDEN)
    body = page("soil-and-water", "es").steps[3].value["body"]
    assert body[0].value.source == "<p>Sólo un párrafo, sin lo demás.</p>"
    texts = [body[1].value["items"][0]["text"], body[2].value["text"]]
    assert not any("NOTE" in text.source or "spade" in text.source for text in texts)
    assert any(d.path.endswith("14-tools-of-the-trade.yml") for d in result.defects.of(Kind.TRANSLATION))


def test_a_slide_without_translation_stays_in_the_original_and_is_named():
    result = bring_in(GARDEN)
    assert page("soil-and-water", "es").steps[4].value["title"] == "Watering in the evening"
    named = [d.path.rsplit("/", 1)[-1] for d in result.defects.of(Kind.TRANSLATION)]
    assert "15-watering-in-the-evening.yml" in named


def test_a_link_of_a_translation_may_lead_elsewhere(copy):
    change(
        copy,
        "slides/1-soil/0011-what-soil-is.yml",
        "escríbe[nos](/feedback)",
        "escríbe[nos](https://es.example/)",
    )
    bring_in(copy)
    assert (
        '<a href="https://es.example/">nos</a>' in blocks(page("soil-and-water", "es"), 0, "text")[0].source
    )
    assert "es.example" not in blocks(page("soil-and-water"), 0, "text")[0].source


def test_a_changed_translation_is_updated(copy):
    bring_in(copy)
    change(copy, "slides/1-soil/0011-what-soil-is.yml", "El suelo está *vivo*", "La tierra está *viva*")
    result = bring_in(copy)
    assert row(result, "modules")["updated"] == 1
    html = blocks(page("soil-and-water", "es"), 0, "text")[0].source
    assert html.startswith("<p>La tierra está <i>viva</i>.")


def test_a_translation_that_was_improved_here_is_kept(copy):
    bring_in(copy)
    edited = StringTranslation.objects.get(data="arcilla")
    edited.data, edited.tool_name = "arcillas", ""
    edited.save()
    change(copy, "slides/1-soil/0011-what-soil-is.yml", "El suelo está *vivo*", "La tierra está *viva*")
    result = bring_in(copy)
    html = blocks(page("soil-and-water", "es"), 0, "text")[0].source
    assert "<li>arcillas</li>" in html
    assert "La tierra" in html
    assert len(result.defects.of(Kind.LOCAL_EDIT)) == 1


def test_a_language_that_the_site_does_not_have_is_named(copy):
    path = copy / CONTENT / "modules/pruning.yml"
    data = yaml.safe_load(path.read_text())
    data["translations"] = {"eo": {"name": "Pritondu", "description": "Tranĉu."}}
    path.write_text(yaml.safe_dump(data))
    result = bring_in(copy)
    assert row(result, "translations") == {"found": 5, "created": 4, "skipped": 1}
    assert any("“eo”" in d.message for d in result.defects.of(Kind.TRANSLATION))


# The command ---------------------------------------------------------------------------------------------


def test_the_command_names_defects_by_file_and_line_and_ends_with_the_table(capsys):
    call_command("import_wikiedu", str(GARDEN))
    out = capsys.readouterr().out
    assert "training_content/wiki_ed/modules/broken.yml\n  skipped: line 6: This file was skipped" in out
    assert "modules                 4          3          0          0          1" in out
    assert "Done." in out


def test_the_command_says_what_is_wrong_with_a_path(tmp_path):
    with pytest.raises(CommandError, match="no training content"):
        call_command("import_wikiedu", str(tmp_path))


def test_the_command_says_that_there_is_no_place_for_modules(learning_home):
    learning_home.delete()
    with pytest.raises(CommandError, match="learning home"):
        call_command("import_wikiedu", str(GARDEN))


@pytest.mark.skipif(not REAL.is_dir(), reason=f"The real training content is not at {REAL}.")
def test_the_command_does_a_dry_run_of_the_real_content(capsys):
    call_command("import_wikiedu", str(REAL), "--dry-run", verbosity=0)
    out = capsys.readouterr().out
    assert "slides                492        492          0          0          0" in out
    assert TrainingModulePage.objects.count() == 0
