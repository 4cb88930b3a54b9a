"""Awards as statements."""

from __future__ import annotations

from kg.graph.iris import mint
from kg.graph.mapping.scope import Scope
from kg.vocabulary import namespaces as ns


def write_awards(scope: Scope) -> None:
    """Say what was given or proposed, by whom, to whom, and to how many of which sort."""
    for conferral in scope.resolution.conferrals:
        writer, giver = scope.writer, scope.iri(conferral.by)
        recipients = tuple(sorted({scope.identities.iris[recipient] for recipient in conferral.recipients}))
        content = (conferral.award, giver, conferral.recipients_count, recipients, conferral.proposed)
        iri = scope.provenance.claim(
            scope.claim_iri("award", conferral.award, *content), ns.AWARD, conferral.award, conferral.evidence
        )
        writer.text(iri, ns.AWARD_NAME, conferral.award)
        writer.link(iri, ns.CONFERRED_BY, giver)
        for recipient in recipients:
            writer.link(iri, ns.RECIPIENT, recipient)
        writer.flag(iri, ns.PROPOSED, value=conferral.proposed)
        for sort, number in conferral.recipients_count:
            group = mint(scope.base, "recipients", f"{number} {sort}", iri, sort, str(number))
            writer.instance(group, ns.RECIPIENT_GROUP, f"{number} {sort}")
            writer.text(group, ns.RECIPIENT_SORT, sort)
            writer.count(group, ns.RECIPIENT_COUNT, number)
            writer.link(iri, ns.HAS_RECIPIENT_GROUP, group)
