"""Posts as statements: a title in a body, the same in every article."""

from __future__ import annotations

from kg.graph.iris import mint, slug_of
from kg.graph.mapping.scope import Scope
from kg.graph.post_identity import title_key
from kg.model.relation import EntityId
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import find_concept, find_leading_concept


def write_post(scope: Scope, title: str, organization: EntityId | None, surface: str | None = None) -> str:
    """Describe a post and return its IRI.

    The same title in the same body is the same post, however it is written or abbreviated. Without a body
    it is a post within the article.
    """
    known = find_concept("posts", title)
    name = known.label_vi if known else title
    key = title_key(title)
    body = scope.name(organization) or surface
    label = f"{name} {body}" if body else name
    where = scope.iri(organization)
    identity = (key, where) if where else (key, scope.article, surface or "")
    # The slug is part of the IRI, so that it must not change with the spelling of title or body.
    readable = f"{name if known else key} {slug_of(where) if where else surface or ''}"
    iri = scope.writer.instance(mint(scope.base, "post", readable, *identity), ns.POST, label)
    scope.writer.text(iri, ns.TITLE, name)
    scope.writer.link(iri, ns.ORG_POST_IN, where)
    scope.writer.link(iri, ns.ORG_ROLE, post_concept(title))
    return iri


def post_concept(title: str) -> str | None:
    """Return the IRI of the kind of post that a title is, or begins with."""
    concept = find_concept("posts", title) or find_leading_concept("posts", title)
    return None if concept is None else concept.iri
