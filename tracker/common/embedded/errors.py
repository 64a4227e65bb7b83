"""The one error of this package."""


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""
