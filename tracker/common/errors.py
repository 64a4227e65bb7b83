"""What a service says when it will not do a thing: a sentence for the person who asked."""

from django.utils.functional import Promise


class Refused(Exception):
    """Nothing was changed. ``message`` says why and how to go on."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))
        self.message = message


class NotAllowed(Refused):
    """The person may see this, and may not do that."""


class Stale(Refused):
    """The page was older than the data: someone was there in between."""
