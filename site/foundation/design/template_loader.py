"""Finds templates as Django does; our own lose the whitespace that readers never see (`whitespace`).

Compiled templates are kept, in development until a file changes. Errors tell the line of the file, since only what
was read from it loses whitespace, not the source that is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import DebugLexer, Lexer, NodeList, Parser
from django.template.loaders import base, cached

from foundation.design.whitespace import without_unseen


class CompactTemplate(Template):
    """A template of ours: nothing is made of the whitespace that only its source needs."""

    def compile_nodelist(self) -> NodeList:
        """As Django compiles, with less text."""
        lexer = (DebugLexer if self.engine.debug else Lexer)(self.source)
        parser = Parser(
            without_unseen(lexer.tokenize()),
            self.engine.template_libraries,
            self.engine.template_builtins,
            self.origin,
        )
        try:
            nodelist = parser.parse()
        except Exception as error:
            if self.engine.debug:
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]
            raise
        self.extra_data = parser.extra_data
        return nodelist


def is_ours(origin: Origin) -> bool:
    """Whether a template is HTML of this code. Mails as plain text and other packages' templates stay as they are."""
    file = Path(origin.name)
    if file.suffix != ".html" or not file.is_relative_to(settings.ROOT):
        return False
    return "site-packages" not in file.relative_to(settings.ROOT).parts


class _Compiling(base.Loader):
    """What `cached.Loader` asks when it does not know a template yet."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        tried: list[tuple[Origin, str]] = []
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                source = self.get_contents(origin)  # type: ignore[attr-defined]  # the finding loaders have it
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            made: Any = CompactTemplate if is_ours(origin) else Template
            return made(source, origin, origin.template_name, self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _Compiling):
    """For the setting TEMPLATES, around the loaders that find the files."""
