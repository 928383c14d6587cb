"""Which system account runs a server that refuses to be root, and how we become it.

Postgres never runs as root. When Parley does, its Postgres runs as a system account of its own.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import StartError

SYSTEM_ACCOUNT = "parley"


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a server; `prefix` is the command that turns root into it."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give a file or folder to the account; only root has to."""
        if self.prefix:
            os.chown(path, self.uid, self.gid)


def choose_account(data: Path, needs: tuple[Path, ...]) -> Account:
    """The account that owns `data` and can reach the folders in `needs`."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise StartError(
                f"{data} belongs to the system account number {owner}: start Parley as the account"
                " that started it before, or set PARLEY_HOME to another folder."
            )
        return Account(os.geteuid(), os.getegid())
    person = pwd.getpwuid(owner) if owner else _system_account()
    return Account(person.pw_uid, person.pw_gid, _prefix(person, (data, *needs)))


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        command = ("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin")
        if shutil.which(command[0]):
            subprocess.run((*command, SYSTEM_ACCOUNT), check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        return pwd.getpwnam("nobody")


def _prefix(person: pwd.struct_passwd, needs: tuple[Path, ...]) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StartError(
            "Postgres does not run as root and the command setpriv (package util-linux), which"
            " hands it to another account, is missing: install it or start Parley as another user."
        )
    change: tuple[str, ...] = (
        setpriv,
        f"--reuid={person.pw_uid}",
        f"--regid={person.pw_gid}",
        "--clear-groups",
    )
    if any(not _reachable(path) for path in needs):
        # A folder above (such as /root) is closed to other accounts. Rather than opening it, the
        # server gets the one capability that lets it walk through.
        capability = "+dac_read_search"
        change += (f"--inh-caps={capability}", f"--ambient-caps={capability}")
        if subprocess.run((*change, "true"), check=False, capture_output=True).returncode:
            raise StartError(
                f"The account {person.pw_name} cannot reach {needs[0].parent}: set PARLEY_HOME to a"
                " folder that every account can enter, or start Parley as another user."
            )
    return change


def _reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())
