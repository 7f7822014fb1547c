"""`python -m agent` is `digest`."""

import sys


def run() -> None:
    """Runs the command line; an interruption while it is still being imported is as quiet as a later one."""
    try:
        from agent.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
