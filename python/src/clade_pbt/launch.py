"""Where Clade itself is, and the console script ``clade``."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from .errors import AppNotFound

APP = Path(__file__).parent / "_app" / "bin" / "clade"
"""The application inside the wheel, where the wheel has one."""


def command() -> list[str]:
    """The command that starts Clade: ``CLADE_COMMAND``, the application inside this package, or ``clade`` on the PATH.

    :raises AppNotFound: if there is none
    """
    named = shlex.split(os.environ.get("CLADE_COMMAND", ""))
    if named:
        found = shutil.which(named[0])
        if found and not _is_this(Path(found)):
            return [found, *named[1:]]
        raise _nowhere(f"CLADE_COMMAND is {named[0]!r}, " + ("which is this script." if found else "and no program."))
    if os.access(APP, os.X_OK):
        return [str(APP)]
    for folder in os.get_exec_path():
        there = shutil.which("clade", path=folder)
        if there and not _is_this(Path(there)):
            return [there]
    raise _nowhere(f"CLADE_COMMAND is not set, {APP} is not there, and no 'clade' is on the PATH.")


def _is_this(path: Path) -> bool:
    """Whether a program is the console script of this package, which would start itself for ever."""
    try:
        with path.open("rb") as file:
            return b"clade_pbt" in file.read(4096)
    except OSError:
        return False


def _nowhere(found: str) -> AppNotFound:
    return AppNotFound(
        "there is no Clade to start.",
        found=found,
        expected=f"one of: the command in CLADE_COMMAND, the application of this package ({APP}), 'clade' on the PATH.",
        mend="install a wheel that carries the application, or set CLADE_COMMAND to the 'clade' of a checkout.",
    )


def main() -> None:
    """Becomes Clade, with the arguments of this process."""
    try:
        words = command()
    except AppNotFound as e:
        print(f"clade: {e}", file=sys.stderr)
        raise SystemExit(127) from None
    os.execv(words[0], [*words, *sys.argv[1:]])


if __name__ == "__main__":
    main()
