"""A StreamField that keeps its blocks out of migrations: adding a block is no change of the database."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Use in place of Wagtail's. The blocks are read from the code, never from a migration."""

    def __init__(self, block_types: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> Any:
        """Name, path and options without the tree of blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
