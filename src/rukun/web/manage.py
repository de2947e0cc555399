"""Django's management commands for this site: ``python -m rukun.web.manage COMMAND``."""

import os
import sys


def main(argv: list[str] | None = None) -> None:
    """Run one management command; ``argv`` without the program name, else from the shell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["rukun site", *(sys.argv[1:] if argv is None else argv)])


if __name__ == "__main__":
    main()
