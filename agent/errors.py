"""Everything that can go wrong on purpose.

    DigestError              exit 1   what went wrong, where, and what to try
    ├── UsageError           exit 2   the command line makes no sense
    ├── ConfigError          exit 4   a setting, a key or a prompt file is wrong
    ├── EndpointError        exit 5   a model endpoint or a mail server cannot be reached or gives nothing usable
    ├── StorageError         exit 6   a cache, library or output cannot be read or written
    ├── SourceError          exit 1   no papers could be read from the places given
    ├── CountError           exit 1   the coverage of a digest does not close: a bug of ours
    └── NothingSent          exit 0   a dry run ends here, before anything is sent

The command line catches the base once, prints message and hint on stderr, and exits with `exit_code`.
"""


class DigestError(Exception):
    """A failure that is told to the user without a traceback."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """What went wrong and where (file:line when there is one)."""
        self.hint = hint
        """What to try next; empty when there is nothing sensible to say."""


class UsageError(DigestError):
    """The command line makes no sense."""

    exit_code = 2


class ConfigError(DigestError):
    """A setting, a key or a prompt file is wrong."""

    exit_code = 4


class EndpointError(DigestError):
    """A model endpoint or a mail server cannot be reached or gives nothing usable."""

    exit_code = 5


class StorageError(DigestError):
    """A cache, library or output cannot be read or written."""

    exit_code = 6


class SourceError(DigestError):
    """No papers could be read from the places given."""


class CountError(DigestError):
    """The coverage of a digest does not close: a bug of ours, reported as one."""


class NothingSent(DigestError):
    """A dry run ends here, before anything is sent; nothing went wrong."""

    exit_code = 0
