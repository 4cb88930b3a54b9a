"""The server: seven tools that read, each answer short and with its evidence, each error one line."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal, get_args

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError

from kg import __version__
from kg.errors import KgError, NotFoundError, QueryError
from kg.mcp.telling import Json, Teller, limits_json
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.guard import check_query
from kg.query.knowledge import Knowledge
from kg.query.paths_asked import NeighbourhoodRequest, PathsRequest, ask_neighbourhood, ask_paths
from kg.query.questions import answer, find_question
from kg.query.views import read_thing
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import load_derived_edges

_TURTLE = 20_000  # characters of a graph that are told
_NAMED = 10  # namesakes that an error tells
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = """\
A knowledge graph read from Vietnamese news on the local health sector: officials, bodies (units), posts,
meetings, places, figures, official documents, articles. Every statement has its evidence: the words of an
article with their offsets. Begin with `search` for the id of a thing, then `entity`, `neighbours` or `path`;
`questions` lists what `question` answers; `sparql` is for all else. Quote the evidence with what you tell.
What the graph does not say was not in the articles: it is no proof that it is not so.

For SPARQL: PREFIX kg: <{ontology}>, things are <{base}ID>, names rdfs:label. Classes: {classes}.
Edges between things: {edges}. Claims have kg:confidence, kg:status and kg:evidence."""

Thing = Annotated[str, Field(description="id, IRI, or a name that is one thing's alone", min_length=1)]
Day = Annotated[date | None, Field(description="only what holds or was seen on this day, YYYY-MM-DD")]
Kind = Literal["Official", "Unit", "Post", "AdministrativeUnit", "Meeting", "LegalDocument", "Article"]


class _Server(MCPServer[Any]):
    """A server whose tools say in one line what went wrong."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return _compact(await super().call_tool(name, arguments, context))
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, KgError):
                raise ToolError(" ".join(str(cause).split())) from cause
            if isinstance(cause, ValidationError):
                raise ToolError(_faults(cause)) from cause
            raise


class _Tools:
    """The tools over one store, in one language."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self._knowledge = knowledge
        self._language = language

    def search(
        self,
        query: Annotated[str, Field(description="a name as people type it, with or without marks")],
        *,
        kind: Annotated[Kind | None, Field(description="only things of this kind")] = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Json:
        """Find things by name; namesakes are told apart by `about`."""
        teller = self._teller()
        found = self._knowledge.names.search(query, kind=kind, limit=limit + 1)
        results = [
            {"id": teller.id(each.id), "name": each.name, "kinds": list(each.kinds), "about": each.detail}
            for each in found[:limit]
        ]
        more = {"limits": [f"limit: {limit}"]} if len(found) > limit else {}
        return {"results": results, **more}

    def entity(
        self, id: Thing, limit: Annotated[int, Field(ge=1, le=50, description="claims told")] = 10
    ) -> Json:
        """Tell what the articles say of one thing, with their words."""
        return self._teller().thing(read_thing(self._view(), self._one(id), quotations=3), limit=limit)

    def neighbours(
        self,
        id: Thing,
        *,
        depth: Annotated[int, Field(ge=1, le=3)] = 1,
        limit: Annotated[int, Field(ge=2, le=100, description="things, this one included")] = 20,
        on: Day = None,
    ) -> Json:
        """List what a thing is joined to, and the evidence of each link."""
        asked = NeighbourhoodRequest(depth=depth, limit=limit, on=_days(on))
        found = ask_neighbourhood(self._knowledge, self._one(id), asked, language=self._language)
        return self._teller().neighbourhood(found)

    def path(
        self,
        source: Thing,
        target: Thing,
        *,
        count: Annotated[int, Field(ge=1, le=5, description="different paths")] = 1,
        max_length: Annotated[int, Field(ge=1, le=12, description="steps")] = 8,
        on: Day = None,
    ) -> Json:
        """Show how two things are connected, shortest first, with the evidence of each step."""
        asked = PathsRequest(count=count, max_length=max_length, on=_days(on))
        found = ask_paths(self._knowledge, (source, target), asked, language=self._language)
        teller = self._teller()
        return {"paths": [teller.path(path) for path in found.paths], **limits_json(found.limits)}

    def questions(self) -> Json:
        """List the named questions with their parameters; * marks those that are needed."""
        return {
            "questions": {
                question.name: {
                    "asks": question.title(self._language),
                    "parameters": {
                        f"{each.name}{'*' if each.required else ''}": each.type.value
                        for each in question.parameters
                    },
                }
                for question in PUBLIC_QUESTIONS
            }
        }

    def question(
        self,
        name: Annotated[str, Field(description="as `questions` lists it")],
        parameters: Annotated[
            dict[str, str] | None, Field(description="by name; things by id or name")
        ] = None,
        *,
        limit: Annotated[int, Field(ge=1, le=200)] = 30,
    ) -> Json:
        """Answer a named question by rows with their article; `taken_for` says what its parameters mean."""
        found = answer(
            self._knowledge, find_question(name), parameters or {}, language=self._language, limit=limit
        )
        return self._teller().answer(found)

    def sparql(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1, reading only; name your PREFIXes")],
        limit: Annotated[int, Field(ge=1, le=500, description="rows told")] = 50,
    ) -> Json:
        """Answer a SPARQL query under limits of time and memory; kg: is https://yte-kg.org/ontology#."""
        form = check_query(query, max_characters=self._knowledge.settings.query_characters)
        if form.gives_graph:
            turtle = self._knowledge.run(query, "text/turtle").body.decode("utf-8")
            cut = {"limits": [f"characters: {_TURTLE}"]} if len(turtle) > _TURTLE else {}
            return {"turtle": turtle[:_TURTLE], **cut}
        body = self._knowledge.run(query, "application/sparql-results+json").body
        return self._teller().rows(json.loads(body), limit=limit)

    def _view(self) -> Any:
        return self._knowledge.view(self._language)

    def _teller(self) -> Teller:
        return Teller(self._knowledge, self._language)

    def _one(self, typed: str) -> str:
        """Return the one thing that is meant.

        Raises:
            NotFoundError: there is none.
            QueryError: there are several; the message names them.
        """
        found = self._knowledge.identify(typed, role="id")
        if len(found) > 1:
            teller, names = self._teller(), self._knowledge.names
            several = "; ".join(
                f"{teller.id(each)} ({names.label(each, self._language)})" for each in found[:_NAMED]
            )
            raise QueryError(f"{len(found)} things go by {typed!r}: give the id of one: {several}")
        if found[0] not in self._knowledge.names.kinds and not self._knowledge.store.statements_about(
            found[0]
        ):
            raise NotFoundError(f"nothing is known of {typed!r}: find its id with search")
        return found[0]


def make_server(knowledge: Knowledge, *, language: str = "vi") -> MCPServer[Any]:
    """Return the server over a store; `language` is that of kinds and roles, names stay Vietnamese."""
    edges = dict.fromkeys(edge.property for edge in load_derived_edges())
    instructions = _INSTRUCTIONS.format(
        ontology=ns.KG,
        base=knowledge.settings.base_iri,
        classes=", ".join(f"kg:{kind}" for kind in get_args(Kind)),
        edges=", ".join(_short(each) for each in edges),
    )
    server = _Server(
        "yte-kg", version=__version__, instructions=instructions, log_level="WARNING", subscriptions=False
    )
    tools = _Tools(knowledge, language)
    for tool in (
        tools.search, tools.entity, tools.neighbours, tools.path,
        tools.questions, tools.question, tools.sparql,
    ):  # fmt: skip
        server.add_tool(tool, annotations=_READS)
    return server


def _compact(result: CallToolResult | InputRequiredResult) -> CallToolResult | InputRequiredResult:
    """Return a result whose text has no white space that a model would pay for."""
    if not isinstance(result, CallToolResult) or result.structured_content is None:
        return result
    text = json.dumps(result.structured_content, ensure_ascii=False, separators=(",", ":"))
    return result.model_copy(update={"content": [TextContent(type="text", text=text)]})


def _short(iri: str) -> str:
    return f"kg:{iri.removeprefix(ns.KG)}" if iri.startswith(ns.KG) else f"<{iri}>"


def _days(on: date | None) -> tuple[date, date] | None:
    return None if on is None else (on, on)


def _faults(error: ValidationError) -> str:
    """Return what is wrong with arguments, each by its name."""
    return "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {' '.join(each['msg'].split())}"
        for each in error.errors(include_url=False)
    )
