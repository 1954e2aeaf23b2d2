"""What a reader sees of a page: its elements and words, with blanks only where a browser shows one."""

from __future__ import annotations

from html.parser import HTMLParser

# By the browser's own styles: on lines of their own, cells of a table, or not shown.
ON_LINES_OF_THEIR_OWN = frozenset(
    """
    html head body title meta link base header nav main aside footer section article search div p ul ol li dl dt dd
    h1 h2 h3 h4 h5 h6 hr br blockquote figure figcaption form fieldset legend details summary dialog address hgroup
    table caption colgroup col thead tbody tfoot tr th td option optgroup source track template
    """.split()  # noqa: SIM905
)
# Choices of a facet, tickets of the board, chips: boxes of their own by our styles.
BY_OUR_STYLES = frozenset(("option", "ticket", "chip"))
AS_WRITTEN = frozenset(("pre", "textarea", "script", "style"))
# A blank beside these is seen, as beside a word.
THINGS = frozenset(("img", "input", "button", "select", "svg", "video", "audio", "iframe", "textarea"))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.blank = False  # a blank is due before what comes next
        self.at_edge = True  # nothing stands on this line yet
        self.within: list[str] = []
        self.open: list[tuple[str, bool]] = []  # elements, and whether our styles put them on lines

    def handle_decl(self, decl: str) -> None:
        self.seen.append(decl)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (tag, given.get("type")) != ("input", "hidden"):
            on_a_line = not BY_OUR_STYLES.isdisjoint((given.get("class") or "").split())
            self._tag(tag, is_thing=tag in THINGS, on_a_line=on_a_line)
            self.open.append((tag, on_a_line))
        self.seen.append((f"<{tag}", *sorted(attrs, key=str)))
        if tag in AS_WRITTEN:
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()
        on_a_line = False
        while any(name == tag for name, _ in self.open):
            name, on_a_line = self.open.pop()
            if name == tag:
                break
        self._tag(tag, is_thing=False, on_a_line=on_a_line)
        self.seen.append((f"</{tag}",))

    def _tag(self, tag: str, *, is_thing: bool, on_a_line: bool) -> None:
        if on_a_line or tag in ON_LINES_OF_THEIR_OWN or tag == "pre":
            self.blank, self.at_edge = False, True
        elif is_thing:
            self._thing()

    def _thing(self) -> None:
        if self.blank and not self.at_edge:
            self.seen.append(" ")
        self.blank = self.at_edge = False

    def handle_data(self, data: str) -> None:
        if self.within:
            self.seen.append(data)
            return
        for number, words in enumerate(data.replace("\t", " ").replace("\n", " ").split(" ")):
            self.blank = self.blank or number > 0
            if words:
                self._thing()
                self.seen.append(words)


def seen(html: str) -> list[object]:
    """A page's elements with their attributes, words and visible blanks, in order."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.seen
