"""What schemathesis must be told: the media types of SPARQL are texts."""

import schemathesis

schemathesis.serializer.alias(["application/sparql-query", "application/sparql-update"], "text/plain")
