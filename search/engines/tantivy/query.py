"""A Query as tantivy's query objects: words over fields, wishes, filters."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import tantivy
from tantivy import FieldType, Occur

from search.analysis import STORED_PREFIX, QueryWord, typed_prefixes
from search.analysis.spelling import within
from search.engines import weights
from search.engines.index_schema import NO_START, SPELLED, key_of, whole_of
from search.engines.query_plan import Wording, wording_of
from search.types import FACETS, Query

TEXT_FIELDS = tuple(weights.FIELDS)
FACET_FIELDS = tuple(f"f_{name}" for name in (*FACETS, "direct"))
EVERYTHING = tantivy.Query.all_query()

Clause = tuple[Occur, tantivy.Query]


def facet_field(name: str) -> str:
    """The field that holds a facet's values."""
    return f"f_{name}"


def any_of(schema: tantivy.Schema, field: str, values: Sequence[str]) -> tantivy.Query:
    """What has any of the values in a field."""
    if len(values) == 1:
        # A set is read through to its end before the first answer: 20 ms at a million objects.
        return tantivy.Query.term_query(schema, field, values[0])
    return tantivy.Query.term_set_query(schema, field, list(values))


def begun_as(schema: tantivy.Schema, field: str, spellings: Sequence[str]) -> tantivy.Query:
    """What has a word, in a field of beginnings, that begins as one of the spellings."""
    found = [
        tantivy.Query.term_query(schema, field, spelling)
        if len(spelling) <= STORED_PREFIX
        else tantivy.Query.regex_query(schema, field, f"{re.escape(spelling)}.*")
        for spelling in spellings
    ]
    return (
        found[0] if len(found) == 1 else tantivy.Query.boolean_query([(Occur.Should, one) for one in found])
    )


class CompiledQuery:
    """A query taken apart once, so that facets can be counted with one filter left out.

    With a `searcher`, words that nothing has are not looked for.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        query: Query,
        wording: Wording | None = None,
        searcher: tantivy.Searcher | None = None,
    ) -> None:
        self.schema = schema
        self.query = query
        self.searcher = searcher
        self.wording = wording or wording_of(query)
        self.words = self.wording.words
        self._text = self._text_query() if self.words else None

    @property
    def has_equals(self) -> bool:
        """Whether all that is found scores alike before its prior: nothing was asked but filters."""
        return self._text is None and not self.query.should

    @property
    def is_everything(self) -> bool:
        """Whether it asks for all there is."""
        query = self.query
        return not (query.text or self.is_narrowed or query.should or query.exclude)

    @property
    def is_narrowed(self) -> bool:
        """Whether there are filters."""
        query = self.query
        return bool(query.kinds or any(query.filters.values()) or query.only is not None)

    @cached_property
    def at_most(self) -> int:
        """About how many have the words; for one that knows its searcher."""
        if self.searcher is None:
            raise ValueError("Without a searcher nobody knows how often a word occurs.")
        counts = Vocabulary(self.searcher, self.schema).counts(self.wording.telling)
        if not counts:
            return self.searcher.num_docs
        return min(counts) if self.wording.required == len(counts) else max(counts)

    @cached_property
    def title(self) -> tantivy.Query | None:
        """What has exactly this question as its title, with what that adds to a score; None where nothing has."""
        if not self.words:
            return None
        whole = whole_of(" ".join(word.exact[0] for word in self.words))
        if not self._is_known("whole", whole):
            return None
        return tantivy.Query.const_score_query(self._term("whole", whole), weights.WHOLE_TITLE)

    @property
    def word_and_titled(self) -> tuple[tantivy.Query, tantivy.Query] | None:
        """One word alone apart: what has it, without what being its title adds, and what has it as its title, with it.

        None where more is asked. Together they are `whole()`, in which the one makes the other slow: what has the
        word is no plain list of sums any more. In the second each place is looked up only for those few titles; put
        together first, all objects near to them would be summed up too.
        """
        query = self.query
        if len(self.words) > 1 or self.is_narrowed or query.should or query.exclude or self.wording.also:
            return None
        if self._text is None or self.title is None or self.words[0].letters:
            return None
        titled = self.title
        for place in self._places(self.words[0]):
            titled = tantivy.Query.boolean_query([(Occur.Must, titled), (Occur.Should, place)])
        return self._text, titled

    def is_filtered(self, facet: str) -> bool:
        """Whether the query narrows by this facet."""
        return bool(self.chosen(facet))

    def chosen(self, facet: str) -> frozenset[str]:
        """The values of a facet the query asks for."""
        values = self.query.kinds if facet == "kind" else self.query.filters.get(facet, ())
        if facet == "kind":
            values = (*values, *self.query.filters.get("kind", ()))
        return frozenset(values)

    def whole(
        self,
        *,
        without: str | None = None,
        also: Iterable[Clause] = (),
        scored: bool = True,
    ) -> tantivy.Query:
        """The whole query; `without` leaves out the filter of one facet.

        Not `scored` it finds the same, for counting, and looks at half as many lists of words.
        """
        clauses: list[Clause] = list(also)
        query = self.query
        if query.text and not self.words:
            return tantivy.Query.empty_query()  # only signs: nothing has them
        if query.only is not None and not query.only:
            return tantivy.Query.empty_query()
        filters: dict[str, tuple[str, ...]] = {**query.filters}
        if query.kinds:
            filters["kind"] = query.kinds
        if self._text is not None and scored and filters:
            # With filters little is found: cheaper to find first, and to weigh only that.
            clauses.append((Occur.Must, self._silent(self._text_found())))
            clauses.append((Occur.Should, self._text))
        elif self._text is not None:
            clauses.append((Occur.Must, self._text if scored else self._text_found()))
        if self._text is not None and scored and self.title is not None:
            clauses.append((Occur.Should, self.title))
        # A base score for the prior to work on; EVERYTHING adds none beside another condition.
        base = 1.0 if self._text is None else 0.0
        for name, values in filters.items():
            if name != without and values:
                condition = self._any(facet_field(name), values)
                clauses.append((Occur.Must, tantivy.Query.const_score_query(condition, base)))
                base = 0.0
        if query.only is not None:
            among = self._any("key", [key_of(kind, id) for kind, id in query.only])
            clauses.append((Occur.Must, tantivy.Query.const_score_query(among, base)))
        if query.exclude:
            keys = [key_of(kind, id) for kind, id in query.exclude]
            clauses.append((Occur.MustNot, self._any("key", keys)))
        wishes = list(self._wishes())
        if wishes:
            required = self._text is None and not filters
            wish = tantivy.Query.boolean_query([(Occur.Should, wish) for wish in wishes])
            clauses.append((Occur.Must if required else Occur.Should, wish))
        if not any(occur == Occur.Must for occur, _ in clauses):
            clauses.append((Occur.Must, EVERYTHING))
        return _all_of(clauses)

    def among(self, kinds: Sequence[str]) -> tantivy.Query:
        """The query for some of its kinds alone."""
        return self.whole(also=[(Occur.Must, self._silent(self._any(facet_field("kind"), kinds)))])

    def split_by_start(self) -> tuple[tantivy.Query, tantivy.Query]:
        """The query for what starts from today on, and for all the rest."""
        today = int(time.time()) // 86_400 * 86_400
        coming = tantivy.Query.range_query(
            self.schema, "starts", FieldType.Integer, today, NO_START, include_upper=False
        )
        return (
            self.whole(also=[(Occur.Must, self._silent(coming))]),
            self.whole(also=[(Occur.MustNot, coming)]),
        )

    def _any(self, field: str, values: Sequence[str]) -> tantivy.Query:
        return any_of(self.schema, field, values)

    @staticmethod
    def _silent(query: tantivy.Query) -> tantivy.Query:
        """A condition that adds nothing to the score."""
        return tantivy.Query.const_score_query(query, 0.0)

    def _wishes(self) -> Iterable[tantivy.Query]:
        beside_text = weights.SHOULD_BESIDE_TEXT if self._text is not None else 1.0
        for facet, wanted in self.query.should.items():
            if facet not in FACETS:
                continue
            for value, weight in wanted.items():
                yield self._wish(facet_field(facet), value, weight * beside_text)
                if facet == "capacity":
                    yield self._wish("f_direct", value, weight * beside_text * weights.DIRECT_CAPACITY)

    def _wish(self, field: str, value: str, weight: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(self._term(field, value), max(weight, 0.0))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)

    def _text_query(self) -> tantivy.Query:
        wording = self.wording
        clauses: list[Clause] = [(Occur.Must, self._word(word)) for word in wording.telling]
        if wording.required < len(clauses):
            some = [(Occur.Should, word) for _, word in clauses]
            most = tantivy.Query.boolean_query(some, minimum_number_should_match=wording.required)
            clauses = [(Occur.Must, most)]
        clauses += [
            (Occur.Should, tantivy.Query.boost_query(self._word(word), weights.SMALL_WORD))
            for word in wording.small
        ]
        clauses += [(Occur.Should, self._letter(letter)) for letter in wording.letters]
        clauses += [(Occur.Should, phrase) for phrase in self._phrases(self.words)]
        clauses += [(Occur.Must, quoted) for quoted in self._quoted()]
        return self._or_also(_all_of(clauses))

    def _text_found(self) -> tantivy.Query:
        """What `_text_query` requires, without what only lifts."""
        wording = self.wording
        words = [
            tantivy.Query.boolean_query([(Occur.Should, term) for term in self._terms(word)])
            for word in wording.telling
        ]
        clauses = [(Occur.Should, word) for word in words]
        main = tantivy.Query.boolean_query(clauses, minimum_number_should_match=wording.required)
        if wording.required == len(words):
            main = tantivy.Query.boolean_query([(Occur.Must, word) for word in words])
        quoted = [(Occur.Must, quoted) for quoted in self._quoted()]
        return self._or_also(tantivy.Query.boolean_query([(Occur.Must, main), *quoted]))

    def _terms(self, word: QueryWord) -> Iterable[tantivy.Query]:
        """Everything of which one is enough to have the word."""
        for field in weights.FIELDS:
            yield from (self._term(field, form) for form in dict.fromkeys((*word.forms, *word.near)))
            yield from (self._term(f"{field}_exact", form) for form in word.exact)

    def _or_also(self, text: tantivy.Query) -> tantivy.Query:
        if not self.wording.also:
            return text
        also = self._any("key", [key_of(kind, id) for kind, id in self.wording.also])
        also = tantivy.Query.const_score_query(also, weights.ALSO)
        return tantivy.Query.boolean_query([(Occur.Should, text), (Occur.Should, also)])

    def _word(self, word: QueryWord) -> tantivy.Query:
        """One word over all fields: the stem finds, the exact form lifts, and each field adds what it says.

        One flat sum: taking the best of the fields instead costs twice the time.
        """
        found = self._places(word)
        if not found:
            return tantivy.Query.empty_query()
        return tantivy.Query.boolean_query([(Occur.Should, place) for place in found])

    def _places(self, word: QueryWord) -> list[tantivy.Query]:
        """The forms of a word in each field that has them, with what they weigh there."""
        return [
            self._boosted(where, known, weight)
            for field, (stemmed, exact) in weights.FIELDS.items()
            for where, forms, weight in (
                (field, word.forms, stemmed),
                (f"{field}_exact", word.exact, exact),
                (field, word.near, stemmed * weights.NEAR),
            )
            if (known := [form for form in forms if self._is_known(where, form)])
        ]

    def _is_known(self, field: str, word: str) -> bool:
        return self.searcher is None or self.searcher.doc_freq(field, word) > 0

    def _letter(self, letter: str) -> tantivy.Query:
        """A single character beside its pair, over the stems of all fields: it lifts, and finds nothing."""
        return tantivy.Query.boolean_query(
            [
                (Occur.Should, self._boosted(field, (letter,), stemmed * weights.LETTER))
                for field, (stemmed, _) in weights.FIELDS.items()
            ]
        )

    def _boosted(self, field: str, forms: Sequence[str], weight: float) -> tantivy.Query:
        terms = [self._term(field, form) for form in forms]
        best = terms[0] if len(terms) == 1 else tantivy.Query.disjunction_max_query(terms)
        return tantivy.Query.boost_query(best, weight)

    def _phrases(self, words: Sequence[QueryWord]) -> Iterable[tantivy.Query]:
        if 2 <= len(words) <= weights.PHRASE_LONGEST:
            exact: list[str | tuple[int, str]] = [word.exact[0] for word in words]
            for field, weight in (("title", weights.PHRASE_TITLE), ("body", weights.PHRASE_BODY)):
                phrase = tantivy.Query.phrase_query(self.schema, f"{field}_exact", exact, weights.PHRASE_SLOP)
                yield tantivy.Query.boost_query(phrase, weight)

    def _quoted(self) -> Iterable[tantivy.Query]:
        """What stands in quotation marks must stand so in some field."""
        for words in self.wording.quoted:
            exact: list[str | tuple[int, str]] = [word.exact[0] for word in words]
            places = [
                (Occur.Should, tantivy.Query.phrase_query(self.schema, f"{field}_exact", exact))
                for field in TEXT_FIELDS
            ]
            yield tantivy.Query.boolean_query(places)


def _all_of(clauses: list[Clause]) -> tantivy.Query:
    """One condition as it is, several together."""
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    return tantivy.Query.boolean_query(clauses)


def at_least(schema: tantivy.Schema, prior: float) -> tantivy.Query:
    """What has this prior, as it is stored, or a higher one."""
    return tantivy.Query.range_query(schema, "prior", FieldType.Float, prior, float("inf"))


def suggestions(
    schema: tantivy.Schema, text: str, language: str, kinds: Sequence[str]
) -> Iterator[tantivy.Query]:
    """Objects with words that begin as every typed word does: first those whose titles begin so, then the rest.

    Nothing where nothing was typed. Unscored: for the order of the field "suggested".
    """
    typed = typed_prefixes(text, language)[:8]
    if not typed:
        return
    clauses: list[Clause] = [(Occur.Must, begun_as(schema, "prefixes", word)) for word in typed]
    if kinds:
        clauses.append((Occur.Must, any_of(schema, "f_kind", kinds)))
    opening = begun_as(schema, "openings", typed[0])
    yield tantivy.Query.boolean_query([(Occur.Must, opening), *clauses])
    yield tantivy.Query.boolean_query([*clauses, (Occur.MustNot, opening)])


class Vocabulary:
    """The words of an index, for `search.engines.query_plan`."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self.searcher = searcher
        self.schema = schema

    def counts(self, words: Sequence[QueryWord]) -> list[int]:
        """See asking.Vocabulary.counts."""
        return [self.count(word) for word in words]

    def count(self, word: QueryWord) -> int:
        """How many objects have the word in its most frequent form."""
        return max(self._places(word), default=0)

    def _places(self, word: QueryWord) -> Iterable[int]:
        for name in TEXT_FIELDS:
            for form in word.forms:
                yield self.searcher.doc_freq(name, form)
            for form in word.exact:
                yield self.searcher.doc_freq(f"{name}_exact", form)

    def near(self, word: str, edits: int) -> dict[str, int]:
        """See asking.Vocabulary.near."""
        known: dict[str, int] = {}
        for field in SPELLED:
            for term, count in self.searcher.terms_with_prefix(field, word[0]):
                known[term] = max(count, known.get(term, 0))
        return {term: known[term] for term in within(word, known, edits) if self._lives(term)}

    def _lives(self, term: str) -> bool:
        """Whether some object still has the word; the dictionary keeps those of removed ones a while."""
        places = [(Occur.Should, tantivy.Query.term_query(self.schema, field, term)) for field in SPELLED]
        return bool(self.searcher.search(tantivy.Query.boolean_query(places), 1).hits)
