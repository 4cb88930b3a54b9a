"""What every part of the mapping needs: the article's things by id, its claims' IRIs, the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.identity import Identities
from kg.graph.iris import mint
from kg.graph.provenance import Provenance
from kg.graph.writer import GraphWriter
from kg.model.relation import EntityId
from kg.model.resolution import Resolution
from kg.model.span import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """One article on its way into its graph."""

    resolution: Resolution
    identities: Identities
    names: Mapping[EntityId, str]
    provenance: Provenance
    base: str

    @property
    def writer(self) -> GraphWriter:
        """Where statements go."""
        return self.provenance.writer

    @property
    def article(self) -> str:
        """The IRI of the article."""
        return self.provenance.article_iri

    def iri(self, entity: EntityId | None) -> str | None:
        """Return the IRI of an entity of the article."""
        return None if entity is None else self.identities.iris[entity]

    def name(self, entity: EntityId | None) -> str:
        """Return the name of an entity, or nothing."""
        return "" if entity is None else self.names[entity]

    def mentions(self, entity: EntityId) -> tuple[Span, ...]:
        """Return where the text names an entity."""
        resolution = self.resolution
        every = (*resolution.persons, *resolution.organizations, *resolution.places)
        return next((each.mentions for each in every if each.id == entity), ())

    def opening(self) -> tuple[Span, ...]:
        """Return the headline, or the first line: evidence of what follows from the article as a whole."""
        article = self.resolution.article
        if article.title is not None:
            return (article.title.span,)
        return tuple(paragraph.span for paragraph in article.paragraphs[:1])

    def claim_iri(self, kind: str, name: str, *content: object) -> str:
        """Return the IRI of a claim: the article, the kind of claim and all that it says."""
        return mint(self.base, kind, name, self.article, *("" if it is None else str(it) for it in content))
