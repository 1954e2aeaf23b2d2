"""The folder of a tantivy index: its fields, how it is opened, and its errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from search.engines.tantivy import query as queries
from search.engines.tantivy.facets import TALLY
from search.errors import EngineError


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    raw: dict[str, Any] = {"tokenizer_name": "raw", "index_option": "basic"}
    builder.add_text_field("key", stored=True, **raw)
    builder.add_text_field("whole", **raw)
    for name in queries.TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
        builder.add_text_field(f"{name}_exact", tokenizer_name="words", index_option="position")
    for name in ("prefixes", "openings", TALLY):
        builder.add_text_field(name, tokenizer_name="words", index_option="basic")
    for name in queries.FACET_FIELDS:
        builder.add_text_field(name, fast=True, **raw)
    builder.add_float_field("prior", fast=True)
    builder.add_float_field("suggested", fast=True)
    # Not unsigned: a Python int sent to an unsigned fast field panics the writer.
    builder.add_integer_field("updated", fast=True, indexed=True)
    builder.add_integer_field("starts", fast=True, indexed=True)
    builder.add_bytes_field("source", stored=True)
    builder.add_bytes_field("fragments", stored=True)
    return builder.build()


def _words_tokenizer() -> tantivy.TextAnalyzer:
    """Words come from `search.analysis`, joined by spaces; the engine only takes them apart."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def open_index(path: Path, made: tantivy.Schema) -> tantivy.Index:
    """The index in a folder, made there if there is none."""
    index = tantivy.Index(made, str(path), reuse=True)
    index.register_tokenizer("words", _words_tokenizer())
    index.config_reader("manual", 0)  # we reload when meta.json changed; no watching thread
    return index


@contextmanager
def engine_errors(doing: str) -> Iterator[None]:
    """Turn whatever the engine throws into EngineError, a Rust panic (a BaseException) too."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError, SystemError) as error:
        raise EngineError(f"The search index failed while {doing}: {error}") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise EngineError(f"The search index failed while {doing}: {error}") from error
        raise
