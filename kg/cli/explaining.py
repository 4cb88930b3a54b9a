"""An explanation on the terminal: each paragraph with its marks, and below it the facts that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from kg.model.article import Article
from kg.model.explanation import ExplainedFact, ExplainedParagraph, Explanation
from kg.model.span import Span

_STYLES = {
    "title": "bold",
    "published": "cyan",
    "author": "cyan",
    "source": "cyan",
    "event": "underline",
    "organization": "blue",
    "place": "green",
    "person": "bold magenta",
    "metric": "yellow",
    "document": "cyan",
    "award": "bright_yellow",
}
_SURE = 0.9
_WIDTH = 80
_OPENING, _CLOSING = "⟦", "⟧"


def render(explanation: Explanation, console: Console) -> None:
    """Write the explanation; marked characters are coloured where colours show, else in double brackets."""
    # A pipe has no width of its own, and lines across a wide screen are hard to read.
    width = min(console.width, _WIDTH)
    coloured = console.is_terminal and not console.no_color
    marks = _marks(explanation.facts)
    with console.capture() as capture:
        console.print(Rule(explanation.article.source, align="left", style="dim"), width=width)
        for paragraph in explanation.paragraphs:
            heading = f"{paragraph.zone.value} {_offsets([paragraph.span])}"
            console.print(Text(heading, style="dim"), width=width)
            text = (_coloured if coloured else _bracketed)(explanation.article, paragraph, marks)
            console.print(text, width=width)
            if paragraph.facts:
                console.print(Padding(_list(paragraph.facts), (0, 0, 0, 2)), width=width)
            console.print()
    # Tables are padded to their width; nobody wants that in a file.
    console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _marks(facts: Iterable[ExplainedFact]) -> list[tuple[Span, str]]:
    """The marked spans with their styles, longer ones first, so that what stands inside is seen."""
    found = [(span, _STYLES[fact.kind]) for fact in facts for span in fact.marks]
    return sorted(found, key=lambda mark: (-len(mark[0]), mark[0].start))


def _coloured(article: Article, paragraph: ExplainedParagraph, marks: list[tuple[Span, str]]) -> Text:
    text = Text(article.text[paragraph.span.start : paragraph.span.end])
    for span, style in marks:
        if span.overlaps(paragraph.span):
            start = paragraph.span.start
            text.stylize(style, max(span.start - start, 0), span.end - start)
    return text


def _bracketed(article: Article, paragraph: ExplainedParagraph, marks: list[tuple[Span, str]]) -> Text:
    pieces = []
    position = paragraph.span.start
    for span in _outermost(span for span, _ in marks if span.overlaps(paragraph.span)):
        start, end = max(span.start, paragraph.span.start), min(span.end, paragraph.span.end)
        pieces += [article.text[position:start], _OPENING, article.text[start:end], _CLOSING]
        position = end
    return Text("".join((*pieces, article.text[position : paragraph.span.end])))


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, those that overlap joined into one."""
    joined: Span | None = None
    for span in sorted(spans):
        if joined is not None and joined.overlaps(span):
            joined = joined.cover(span)
            continue
        if joined is not None:
            yield joined
        joined = span
    if joined is not None:
        yield joined


def _list(facts: Iterable[ExplainedFact]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=12)
    table.add_column(overflow="fold")
    for fact in facts:
        statement = Text(" ".join(fact.statement.split()))
        statement.append(f"\n{_reason(fact)}", style="dim")
        table.add_row(Text(fact.kind, style=_kind_style(fact)), statement)
    return table


def _kind_style(fact: ExplainedFact) -> str:
    """Let what an analyst should look at stand out."""
    unsure = fact.confidence is not None and fact.confidence <= _SURE
    return "bold red" if unsure else "default"


def _reason(fact: ExplainedFact) -> str:
    confidence = "" if fact.confidence is None else f"{fact.confidence:.2f}  "
    return f"{confidence}{fact.rule}  {_offsets(fact.spans)}"


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(f"{span.start}–{span.end}" for span in spans)
