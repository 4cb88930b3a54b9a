"""The errors that yte-kg raises for people: what was wrong, where, and what to do."""


class KgError(Exception):
    """Any failure that a user can understand and mend; its text is one line for a person."""

    exit_code = 1


class InputError(KgError):
    """A document that cannot be read: missing, empty, binary, badly encoded or too large."""


class StoreError(KgError):
    """A store that cannot be opened or written."""

    exit_code = 3


class StoreInUseError(StoreError):
    """A store that another process holds; it may be free in a moment."""


class QueryError(KgError):
    """A query that is malformed or asks for what is not allowed."""

    exit_code = 2


class ServiceError(KgError):
    """A service that cannot be reached, or does not answer as one of ours does."""

    exit_code = 3


class MissingExtraError(KgError):
    """What was asked for needs packages that are not installed."""


class ExtensionError(KgError):
    """An extractor that was asked for and is unknown or cannot be opened."""

    exit_code = 2


class NotFoundError(KgError):
    """A thing that the graph does not hold."""

    exit_code = 4


class WithdrawnError(NotFoundError):
    """A thing that was taken out of the graph for good."""


class ValidationError(KgError):
    """A graph that does not conform to the shapes; its text is the report."""

    exit_code = 5
