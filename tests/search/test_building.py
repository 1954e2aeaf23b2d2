"""Building an index: the fast way gives what the plain way gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import name_words, prefixes, printable, words
from search.analysis.tokens import begun, line, name_line

SENTENCES = [
    ("fr", "L'équipe n'a pas aujourd'hui d'autres «idées», dit-elle: l'été."),
    ("en", "People's  budgets:\u00a0write (early) & don't wait… e-mail a@b.org\tnow\nor never"),
    ("uk", "Об'єднання п’яти спільнот"),
    ("ar", "التدريب للمتطوعين، وكتابةُ الميزانية"),
    ("he", 'ארה"ב וצה״ל בשנה'),
    ("zh-hans", "志愿者培训 Wikimedia 社区,一步一步。GLAM-Wiki工作"),
    ("th", "การฝึกอบรม อาสาสมัคร2024"),
    ("ja", "ウィキペディアの編集者 ﾊﾟﾘ"),
    ("hi", "स्वयंसेवकों का प्रशिक्षण"),
    ("vi", "Cộng đồng\u3000người Việt"),
    ("de", "Über\u00adsetzung, zero\u200bwidth \u202eund x" + "y" * 90),
    ("en", "AutoWikiBrowser and HTMLEditor of J. R. R. Tolkien, e.V., in 10 000 or 1.000,5 off-line PDFs"),
    ("ru", "Cтатья и АвтоВики"),
    ("ca", "Col·laboració"),
    ("en", ""),
    ("en", "… — !"),
]
letters = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aeéAE10'’ʼ\"״`-. \u00a0\u200b\u00ad\u0301ا'بעд'у志愿กำा\uff9e"),
    ),
    max_size=60,
)


def plainly(text: str, language: str) -> tuple[str, str]:
    found = list(words(text, language))
    return " ".join(word.exact for word in found if word.exact), " ".join(
        form for word in found for form in word.forms
    )


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_a_line_holds_the_words_of_its_text(language: str, text: str) -> None:
    assert line(text, language) == plainly(text, language)
    assert line(text, language) == plainly(text, language)  # and again, from what was kept


@given(letters, st.sampled_from(["en", "fr", "uk", "he", "ar", "zh", "th", "tr"]))
def test_a_line_holds_the_words_of_any_text(text: str, language: str) -> None:
    text = printable(text)
    assert line(text, language) == plainly(text, language)
    assert begun([(text, language)]) == prefixes([(text, language)])


@given(letters)
def test_a_name_is_kept_with_the_words_of_all_likely_languages(text: str) -> None:
    found = list(name_words(printable(text)))
    exact = " ".join(word.exact for word in found if word.exact)
    assert name_line(text) == (exact, " ".join(form for word in found for form in word.forms))
