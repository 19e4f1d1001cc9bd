"""The one way the launcher gives up."""


class Failure(Exception):
    """What went wrong, why it matters and what to do, in sentences a user can act on."""
