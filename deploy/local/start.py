"""The order of a local start, step by step, and of its end."""

import gc
import importlib
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec

from deploy.local.child import run_module
from deploy.local.errors import ChildFailedError, StartError
from deploy.local.home import ROOT, Home
from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer
from deploy.local.progress import Progress
from deploy.local.site import LocalSite, check_ports
from deploy.local.stop import StopRequested, Waker, deafen
from deploy.local.supervisor import Child, Supervisor
from deploy.postgres.bootstrap import bootstrap
from deploy.postgres.cluster import ROLES, password_variable
from deploy.topology import (
    GATEWAY,
    MAILBOX,
    PROCESSES,
    SANDBOX,
    SERVICE_PROCESSES,
    Process,
    environment,
    migration_environment,
)
from shared.settings import BusKind

_STACK = ("shared.service", "shared.db.migrate", "uvicorn", "uvloop", "httptools", "asyncpg")
_RETRY_SECONDS = 10.0
KAFKA_CACHE = ROOT / ".parley" / "kafka"
# Whoever tries webhooks out listens on this machine, too; their own environment may say otherwise.
_ON_ONE_MACHINE = {"TEAM_DIRECTORY_WEBHOOK_ALLOW_LOCAL": "true"}
_GROUPS = (
    ("Services", SERVICE_PROCESSES),
    ("Sandbox network", (SANDBOX,)),
    ("Mailbox", (MAILBOX,)),
    ("Gateway", (GATEWAY,)),
)


class LocalStart:
    """One run of everything on this machine; the processes find one another by `site_class`."""

    site_class = LocalSite

    def __init__(self, home: Home, environ: Mapping[str, str], bus: BusKind, waker: Waker) -> None:
        self._home = home
        self._environ = environ
        self._bus = bus
        self._progress = Progress()
        self._supervisor = Supervisor(home, self._progress, waker)
        self._next_try = 0.0
        self._servers: dict[str, PostgresServer | KafkaServer] = {}

    def run(self) -> None:
        """Start, stay, stop; returns when somebody asked to stop."""
        self._progress.say("Parley")
        with ExitStack() as ending:
            ending.callback(self._home.close)
            try:
                self._home.open()
                self._home.end_leftovers()
                check_ports(self._environ)
                secrets = self._home.secrets()
                postgres = self._start_postgres(secrets, ending)
                kafka = self._start_kafka(ending) if self._bus is BusKind.KAFKA else None
                ending.callback(self._supervisor.stop_rest)
                site = self.site_class(
                    self._environ,
                    secrets,
                    postgres.cluster,
                    self._home.data,
                    broker=kafka.bootstrap if kafka else "",
                )
                self._start_processes(site, ending)
                self._load_demo(site)
                self._welcome(site)
                self._supervisor.keep_running(self._look_after_servers)
            except StopRequested:
                self._progress.say("\nStopping ...")
            finally:
                deafen()
        self._progress.say("Stopped.")

    def _start_postgres(self, secrets: Mapping[str, str], ending: ExitStack) -> PostgresServer:
        server = PostgresServer(self._home.data / "postgres", password=secrets["POSTGRES_PASSWORD"])
        with self._progress.step("PostgreSQL"):
            ending.callback(server.stop)
            server.start()
            bootstrap(server.cluster, {role: secrets[password_variable(role)] for role in ROLES})
        self._servers["PostgreSQL"] = server
        return server

    def _start_kafka(self, ending: ExitStack) -> KafkaServer:
        server = self._kafka_server()
        with self._progress.step("Apache Kafka (the first time its jars are fetched)"):
            ending.callback(server.stop)
            server.start()
        self._servers["Kafka"] = server
        return server

    def _kafka_server(self) -> KafkaServer:
        return KafkaServer(self._home.data / "kafka", KAFKA_CACHE)

    def _start_processes(self, site: LocalSite, ending: ExitStack) -> None:
        with self._progress.step("Loading the code"):
            _import_stack()
        with self._progress.step("Migrations"):
            self._supervisor.run_once(
                [self._migration(process, site) for process in PROCESSES if process.migrates]
            )
        for title, group in _GROUPS:
            names = [process.name for process in group]
            with self._progress.step(title):
                ending.callback(self._supervisor.stop, names)
                self._supervisor.start(self._child(process, site) for process in group)
                self._supervisor.wait_until_ready(names)

    def _migration(self, process: Process, site: LocalSite) -> Child:
        return Child(
            f"{process.name}.migrate",
            partial(run_module, process.module, ("migrate",)),
            {**self._environ, **migration_environment(process, site)},
        )

    def _child(self, process: Process, site: LocalSite) -> Child:
        return Child(
            process.name,
            partial(run_module, process.module, process.command),
            {**_ON_ONE_MACHINE, **self._environ, **environment(process, site)},
            ready=site.address(process) + process.ready,
        )

    def _load_demo(self, site: LocalSite) -> None:
        if not self._has_demo():
            return
        note = self._home.data / "demo-unfinished"
        told = {
            **self._environ,
            "PARLEY_URL": site.address(GATEWAY),
            "PARLEY_DEMO_NOTE": str(note),
        }
        for process in SERVICE_PROCESSES:
            told |= environment(process, site)
        try:
            with self._progress.step("Demo data"):
                self._supervisor.run_once([Child("demo", _load_demo, told)])
        except ChildFailedError as error:
            # Everything else works without it.
            self._progress.say(f"  ! The demo is incomplete: {error.words}")

    def _welcome(self, site: LocalSite) -> None:
        welcome = importlib.import_module("deploy.demo").WELCOME if self._has_demo() else ()
        self._progress.say()
        self._progress.say(f"  Parley runs at {site.address(GATEWAY)}")
        for line in welcome:
            self._progress.say(f"  {line}")
        self._progress.say(f"  Mail that it sends lies at {site.address(MAILBOX)}")
        self._progress.say(f"  Logs: {self._home.logs}   Stop: Ctrl-C")

    def _has_demo(self) -> bool:
        return self._environ.get("PARLEY_DEMO") != "no" and find_spec("deploy.demo") is not None

    def _look_after_servers(self) -> None:
        for name, server in self._servers.items():
            if server.pid is not None or time.monotonic() < self._next_try:
                continue
            self._progress.say(f"  ! {name} ended; it starts again (log: {server.log})")
            try:
                server.start()
            except (StartError, OSError) as error:
                # A full disk may be freed: the services wait, and so does this.
                self._progress.say(f"  ! {error} The next try is in {_RETRY_SECONDS:g} s.")
                self._next_try = time.monotonic() + _RETRY_SECONDS


def _import_stack() -> None:
    for module in (*_STACK, *(f"{process.module}.app" for process in PROCESSES)):
        importlib.import_module(module)
    if threading.active_count() > 1:
        names = ", ".join(thread.name for thread in threading.enumerate())
        raise StartError(f"Importing the code started threads that a fork would lose: {names}.")
    # What is here now is for ever: leaving it out of collections keeps its pages shared.
    gc.collect()
    gc.freeze()


def _load_demo() -> None:
    importlib.import_module("deploy.demo").load()
