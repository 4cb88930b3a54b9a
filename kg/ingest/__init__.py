"""From bytes to a clean article: reading, zones, title, date, byline."""

from kg.ingest.plain import parse_article
from kg.ingest.reader import decode_document, find_documents, is_article_name, read_document

__all__ = ["decode_document", "find_documents", "is_article_name", "parse_article", "read_document"]
