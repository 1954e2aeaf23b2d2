"""Files to records: what is read, what is mended, what is skipped and named."""

import shutil
from pathlib import Path

import pytest

from learning.importers.wikiedu.reader import NotTrainingContent, head_commit, read_training
from learning.importers.wikiedu.records import ModuleKind
from learning.importers.wikiedu.reports import Defects, Kind, Outcome

from .conftest import GARDEN, Read, read


def the_defect(garden: Read, kind: Kind, file: str):
    found = [defect for defect in garden.defects.of(kind) if defect.path.endswith(file)]
    assert len(found) == 1, found
    return found[0]


def test_reads_a_library_with_its_own_words_for_a_module(garden):
    library = garden.training.libraries["gardeners"]
    entry = library.categories[0].entries[0]
    assert (library.id, library.name, library.hidden) == (1, "Gardening for everyone", True)
    assert (entry.name, entry.description) == (
        "Soil, water and light",
        "The library's own words for this module",
    )


def test_reads_a_module_with_minutes_kind_settings_and_status(garden):
    modules = garden.training.modules
    assert modules["soil-and-water"].minutes == (10, 15)
    assert modules["soil-and-water"].translations["es"].title == "Suelo y agua"
    assert modules["pruning"].kind is ModuleKind.EXERCISE
    assert modules["pruning"].settings == {
        "sandbox_location": "Pruning_diary",
        "preload": "Template:Garden_diary",
    }
    assert modules["old-tools"].kind is ModuleKind.DISCUSSION
    assert modules["old-tools"].deprecated


def test_reads_a_slide_whose_number_has_leading_zeros(garden):
    slide = garden.training.slides["what-soil-is"]
    assert (slide.id, slide.title_prefix, slide.button_text) == (11, "Review:", "Okay")
    assert len(slide.source.sha256) == 64
    assert slide.source.path == "training_content/wiki_ed/slides/1-soil/0011-what-soil-is.yml"


def test_texts_that_look_like_numbers_or_truth_values_stay_texts(garden):
    quiz = garden.training.slides["compost-quiz"].quiz
    assert [answer.text for answer in quiz.answers] == ["Yes", "Leaves", "2020"]


def test_a_spanish_quiz_takes_the_right_answer_from_the_original(garden):
    quiz = garden.training.slides["compost-quiz"].translations["es"].quiz
    assert quiz.correct.text == "Hojas"


def test_ruby_symbol_keys_are_read_as_plain_keys(garden):
    quiz = garden.training.slides["compost-quiz-in-ruby"].quiz
    assert [answer.text for answer in quiz.answers] == ["A spade", "A stone"]
    defect = the_defect(garden, Kind.SYMBOL_KEYS, "1201-compost-quiz-in-ruby.yml")
    assert (defect.line, defect.field, defect.outcome) == (5, "assessment", Outcome.MENDED)


def test_a_right_answer_that_does_not_exist_is_found_by_its_explanation(garden):
    assert garden.training.slides["compost-quiz-in-ruby"].quiz.correct.text == "A spade"
    fields = {defect.field for defect in garden.defects.of(Kind.QUIZ)}
    assert fields == {
        "assessment.correct_answer_id",
        "assessment.answers[1].id",
        "assessment.answers[2]",
    }


def test_a_misspelt_slide_that_nobody_else_uses_is_taken(garden):
    assert garden.training.modules["soil-and-water"].slides[-1] == "watering-in-the-evening"
    defect = the_defect(garden, Kind.DANGLING_SLIDE, "soil-and-water.yml")
    assert (defect.outcome, defect.line, defect.field) == (Outcome.MENDED, 18, "slides[4].slug")
    assert "watering-in-the-evening" in defect.message


def test_a_slide_that_does_not_exist_is_left_out_and_named(garden):
    assert garden.training.modules["pruning"].slides == ("pictures-of-worms",)
    defect = the_defect(garden, Kind.DANGLING_SLIDE, "pruning.yml")
    assert (defect.outcome, defect.line) == (Outcome.SKIPPED, 9)
    assert "no-such-slide-week-4" in defect.message


@pytest.mark.parametrize(
    ("wrong", "near", "taken"),
    [
        ("identifiers-and-databses-together", "identifiers-and-databases-together", True),
        ("illustrations-week-4", "illustrations-week-3", False),
    ],
)
def test_near_names_are_suggested_but_numbers_never_guessed(tmp_path, wrong, near, taken):
    shutil.copytree(GARDEN, tmp_path / "garden")
    content = tmp_path / "garden/training_content/wiki_ed"
    (content / f"slides/77-{near}.yml").write_text("id: 77\ntitle: T\ncontent: C\n")
    (content / "modules/m.yml").write_text(f"name: M\nid: 8\ndescription: D\nslides:\n  - slug: {wrong}\n")
    changed = read(tmp_path / "garden")
    defect = the_defect(changed, Kind.DANGLING_SLIDE, "modules/m.yml")
    assert near in defect.message
    assert changed.training.modules["m"].slides == ((near,) if taken else ())


def test_a_module_that_does_not_exist_is_named_with_the_one_perhaps_meant(garden):
    defect = the_defect(garden, Kind.DANGLING_MODULE, "gardeners.yml")
    assert defect.line == 14
    assert "“prunning”" in defect.message
    assert "“pruning”" in defect.message


def test_slides_and_modules_that_nobody_lists_are_named(garden):
    orphan = the_defect(garden, Kind.ORPHAN_SLIDE, "31-how-to-hold-a-scythe.yml")
    assert "archived module “scythes”" in orphan.message
    assert the_defect(garden, Kind.ORPHAN_MODULE, "old-tools.yml").outcome is Outcome.NOTED
    assert "scythes" not in garden.training.modules


def test_a_number_that_differs_from_the_file_name_is_named(garden):
    assert garden.training.slides["pictures-of-worms"].id == 99
    the_defect(garden, Kind.ID_MISMATCH, "0013-pictures-of-worms.yml")


def test_of_two_slides_with_one_id_the_one_named_after_it_stays(garden):
    assert "same-number" not in garden.training.slides
    defect = the_defect(garden, Kind.DUPLICATE_ID, "32-same-number.yml")
    assert "0011-what-soil-is.yml" in defect.message


@pytest.mark.parametrize(
    ("file", "kind", "line"),
    [
        ("modules/broken.yml", Kind.YAML, 6),
        ("33-not-utf-8.yml", Kind.UNREADABLE, 0),
        ("34-a-list.yml", Kind.YAML, 1),
        ("35-empty.yml", Kind.YAML, 0),
    ],
)
def test_a_broken_file_is_skipped_and_named_and_the_rest_goes_in(garden, file, kind, line):
    defect = the_defect(garden, kind, file)
    assert (defect.outcome, defect.line) == (Outcome.SKIPPED, line)
    assert len(garden.training.modules) == 3


def test_unknown_and_repeated_keys_are_named(garden):
    unknown = {(d.path.rsplit("/", 1)[-1], d.line) for d in garden.defects.of(Kind.UNKNOWN_KEY)}
    assert unknown == {("gardeners.yml", 6), ("14-tools-of-the-trade.yml", 3)}
    twice = the_defect(garden, Kind.DUPLICATE_KEY, "15-watering-in-the-evening.yml")
    assert twice.field == "content"
    assert garden.training.slides["watering-in-the-evening"].body.value.startswith("Water")


def test_minutes_that_cannot_be_understood_and_strange_languages_are_named(garden):
    assert the_defect(garden, Kind.WRONG_TYPE, "pruning.yml").field == "estimated_ttc"
    assert the_defect(garden, Kind.TRANSLATION, "14-tools-of-the-trade.yml").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    "text", ["a: &a [*a]", "a: !!python/object:os.system {}", "[" * 2000, "a: b: c", "\x00"]
)
def test_hostile_yaml_is_skipped_and_nothing_runs(tmp_path, text):
    shutil.copytree(GARDEN, tmp_path / "garden")
    (tmp_path / "garden/training_content/wiki_ed/modules/hostile.yml").write_text(text)
    changed = read(tmp_path / "garden")
    assert "hostile" not in changed.training.modules
    assert any(defect.path.endswith("hostile.yml") for defect in changed.defects)


def test_files_are_counted_broken_ones_too(garden):
    assert garden.training.files == {"libraries": 1, "modules": 4, "slides": 11}


@pytest.mark.parametrize("inside", ["", "training_content", "training_content/wiki_ed"])
def test_any_of_the_three_folders_will_do(inside):
    assert set(read(GARDEN / inside).training.libraries) == {"gardeners"}


def test_a_folder_without_training_content_says_what_was_looked_for(tmp_path):
    with pytest.raises(NotTrainingContent, match="modules"):
        read_training(tmp_path, Defects())


def test_the_commit_of_a_checkout_is_read_from_its_files(tmp_path: Path):
    (tmp_path / ".git/refs/heads").mkdir(parents=True)
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    assert head_commit(tmp_path) == ""
    (tmp_path / ".git/refs/heads/main").write_text("ab" * 20 + "\n")
    assert head_commit(tmp_path) == "ab" * 20
