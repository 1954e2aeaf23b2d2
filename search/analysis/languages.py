"""Which languages a question may be in, from its letters, its small words and the reader's interface.

A guess only widens what is looked up: the forms of two or three likely languages are tried
together, so a wrong guess costs a little precision and never an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis.folding import primary
from search.analysis.scripts import script_of
from search.analysis.stems import BY_SCRIPT, language_of_word, scripts_of_language

# Words that carry no topic. They tell the language and need not be found.
SMALL_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "a an and are as at be been but by can could did do does for from had has have how i if in "
        "into is it its me my no not of on or our should so than that the their them there these they "
        "this to us was we were what when where which who whom why will with would you your",
        "es": "a al algo como con cual cuales cuando cuanto de del donde el ella ellos en entre es esa ese "
        "esta este esto fue ha han hay la las le les lo los mas me mi muy no nos o para pero por porque "
        "que qué quien se ser si sin sobre son su sus también te tiene un una uno y ya cómo cuál dónde cuándo",
        "fr": "a au aux avec ce ces cette comment dans de des donc du elle en entre est et eu il ils je la le "
        "les leur leurs lors mais ne nos notre nous on ont où ou par pas plus pour qu que quel quelle "
        "quelles quels qui sa sans se ses si son sont sur un une vos votre vous y été être",
        "de": "aber als am an auch auf aus bei bin bis das dass dem den der des die doch du ein eine einem "
        "einen einer eines er es für hat haben ich ihr im in ist kann man mein mit nach nicht noch nur "
        "oder ohne sein sich sie sind so über um und uns von vor war was welche welcher welches wenn wer "
        "werden wie wir wird wo wurde zu zum zur",
        "pt": "a ao aos as até com como da das de do dos e ela ele em entre era essa esse esta este eu foi "
        "há isso já mais mas me meu muito na nas no nos não o os ou para pela pelo por qual quais quando que "
        "quem se sem ser seu sobre sua são só também tem um uma você onde",
        "it": "a ai al alla che chi come con cosa da dal dei del della delle di dove e gli ha i il in io la "
        "le lo ma nel nella non o per perché più quale quando se si sono su sul un una uno è",
        "nl": "aan als bij dat de den der deze die dit een en er het hoe ik in is je kan maar met naar niet "
        "of om onder ook op over te tot uit van voor was wat we welke wie wij worden ze zijn",
        "sv": "att av den det där du efter en ett för från han har hon hur i inte jag kan med men mot när "
        "och om på sig som till var vad vi vid vilken är",
        "sw": "kwa na ya wa za la cha katika ni kwamba hii huu hiyo yake lakini au kama nini nani gani",
        "pl": "a ale czy dla do i jak jest kto która który które na nie o od oraz po przez się są to w we z "
        "za że co gdzie kiedy",
        "tr": "bir bu da de için ile ne nasıl ve ya çok daha gibi kim neden",
        "vi": "các có của cho được là một này những trong và với không gì như thế nào",
        "ru": "а без бы был была были было в во вы где да для до его ее если есть еще за и из или их к как "
        "какая какие какой какую когда который кто ли мы на не но о об он она они от по под почему при "
        "с со сколько так также то у чем что чтобы это я",
        "uk": "а але без бути в ви від де для до з за і й із її його як який яка які коли на не ні о "
        "от по при про та та це що щоб чи я у",
        "ar": "في من على الى إلى عن مع هذا هذه ذلك التي الذي ما ماذا متى كم كيف هل هو هي كان كانت أن ان "
        "أو او لا لم قد ثم أي اي بين بعد قبل كل عند لماذا أين اين",
        "he": "של על את עם זה זו הוא היא אם כי או לא יש מה מי איך מתי איפה כמה",
        "hi": "का की के को में से पर है हैं और या यह वह था थे थी क्या कैसे कब कहाँ कहां कौन किस ने भी तो ही एक लिए",
        "fa": "و در به از که این آن با را برای است چه چگونه کی کجا آیا یک",
    }.items()
}
_LETTERS = {
    "de": "äöüß",
    "es": "ñ¿¡",
    "fr": "œçèêëîôûùâ",
    "pt": "ãõç",
    "sv": "åäö",
    "pl": "łżźśćńąę",
    "tr": "ışğ",
    "vi": "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "uk": "іїєґ",
    "fa": "پچژگ",
    "ur": "ٹڈڑےں",
}
_ENDINGS = {
    "de": ("ung", "ungen", "keit", "heit", "schaft", "lich", "isch", "ieren"),
    "es": ("ción", "cion", "ciones", "dad", "dades", "amiento", "miento", "ario", "arias", "ando", "iendo"),
    "fr": ("eur", "eurs", "euse", "eux", "ement", "ements", "ique", "iques", "aux", "oire", "oires"),
    "pt": ("ção", "ções", "cao", "coes", "dade", "dades", "ário", "ários", "agem"),
    "it": ("zione", "zioni", "ità", "mento", "menti"),
    "en": ("ing", "ings", "ness", "ship", "ships", "ed"),
}
_WORD = re.compile(r"[^\W\d_]+")
MOST = 3  # languages tried for one word


def small_words(language: str) -> frozenset[str]:
    """The small words of a language; none where we have no list."""
    return SMALL_WORDS.get(primary(language), frozenset())


def likely_languages(text: str, interface: str = "en") -> tuple[str, ...]:
    """The languages a question may be in, the likeliest first, at most MOST and at least one."""
    words = [word.casefold() for word in _WORD.findall(text[:1000])]
    scores: dict[str, float] = {}
    for word in words:
        for code, score in _scores_of_word(word):
            scores[code] = scores.get(code, 0.0) + score
    for code in ("ur",):
        scores[code] = 1.5 * sum(char in _LETTERS[code] for char in text[:1000])
    best = sorted((code for code, score in scores.items() if score > 0), key=lambda code: -scores[code])
    return _with_interface(best, scores, primary(interface))


@lru_cache(maxsize=50_000)
def _scores_of_word(word: str) -> tuple[tuple[str, float], ...]:
    """How much a word speaks for each language that is written in its script."""
    script = script_of(word)
    scores = []
    for code, small in SMALL_WORDS.items():
        if script in scripts_of_language(code):
            score = 2.0 * (word in small) + 1.5 * any(char in _LETTERS.get(code, "") for char in word)
            score += 1.0 * (len(word) > 5 and word.endswith(_ENDINGS.get(code, ("\0",))))
            scores.append((code, score))
    return tuple(scores)


def _with_interface(best: list[str], scores: dict[str, float], interface: str) -> tuple[str, ...]:
    """The guesses with the reader's own language, which wins unless the words speak against it."""
    if best and scores[best[0]] >= 2.0 and scores.get(interface, 0.0) < scores[best[0]]:
        order = [best[0], interface, *best[1:2]]
    else:
        order = [interface, *best[:2]]
    return tuple(dict.fromkeys([*order, "en"]))[:MOST]


def languages_for_word(raw: str, likely: tuple[str, ...]) -> tuple[str, ...]:
    """The languages whose forms a word is looked up in: the likely ones that are written like it."""
    script = script_of(raw)
    fitting = [code for code in likely if script in scripts_of_language(code)]
    if not fitting:
        fitting = [BY_SCRIPT.get(script, language_of_word(raw, likely[0]))]
    if script == "Latin" and "en" not in fitting:
        fitting.append("en")
    return tuple(fitting)
