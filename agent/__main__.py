"""`python -m agent` is `digest`."""

import contextlib
import gc
import os
import sys

INTERRUPTED = 130


def run() -> None:
    """Runs the command line; an interruption while it is still being imported is as quiet as a later one."""
    # Records and modules hold few cycles, and looking for some among all of them takes a twentieth of the time.
    gc.set_threshold(50_000, 20, 20)
    try:
        from agent.cli import main

        main()
    except KeyboardInterrupt:
        _leave()
    except SystemExit as done:
        if done.code == INTERRUPTED:
            _leave()
        raise


def _leave() -> None:
    """Ends the process at once: all is kept, and taking LiteLLM down in good order takes a second or two."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    run()
