"""``doctor``: one line for everything that can stand in the way, with what to do about it."""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import ports, settings, simulator_control
from .desk import Desk
from .failure import Failure
from .lifecycle import Lifecycle
from .parts import AIRFLOW, parts_of
from .setup import Built, LocalSetup
from .spool import quarantined_records, waiting_records
from .toolchain import find_chromium, find_jdk, find_maven, find_node

_LOW_DISK_MEGABYTES = 3000


@dataclass(frozen=True)
class Finding:
    """One line. level: ok, warn or missing."""

    level: str
    subject: str
    text: str


def doctor(desk: Desk) -> int:
    """Prints all findings; exit status 1 when something is missing."""
    findings = []
    for finding in examine(desk):
        findings.append(finding)
        desk.screen.say(f"  {finding.level:<8} {finding.subject:<22} {finding.text}")
    missing = sum(finding.level == "missing" for finding in findings)
    warned = sum(finding.level == "warn" for finding in findings)
    desk.screen.say(f"\n{missing} missing, {warned} to look at, {len(findings) - missing - warned} ok")
    return 1 if missing else 0


def doctor_gateway(desk: Desk) -> int:
    """Lets the worker try the gateway step by step; exit status 1 when something is missing."""
    setup = desk.load_existing()
    findings = []
    for finding in try_gateway(setup, desk.built()):
        findings.append(finding)
        desk.screen.say(f"  {finding.level:<8} {finding.subject:<22} {finding.text}")
    missing = sum(finding.level == "missing" for finding in findings)
    warned = sum(finding.level == "warn" for finding in findings)
    desk.screen.say(f"\n{missing} missing, {warned} to look at, {len(findings) - missing - warned} ok")
    return 1 if missing else 0


def try_gateway(setup: LocalSetup, built: Built) -> Iterator[Finding]:
    """The worker's findings, each as soon as it is there."""
    with subprocess.Popen(
        [str(built.jdk.java), "@worker.args", "doctor-gateway"],
        cwd=built.worker_folder,
        env={**setup.environment, **setup.worker_environment(built)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as worker:
        assert worker.stdout is not None
        last_words: list[str] = []
        told = False
        for line in worker.stdout:
            entry = _entry(line)
            if "step" in entry:
                told = True
                yield Finding(str(entry["state"]), str(entry["step"]), str(entry["text"]))
            elif entry.get("level") in ("warning", "error", None):
                last_words.append(str(entry.get("msg", line.strip())))
    if not told:
        raise Failure("The worker could not look at the gateway:\n" + "\n".join(last_words[-10:]))


def _entry(line: str) -> dict[str, object]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def examine(desk: Desk) -> Iterator[Finding]:
    yield _python()
    yield _tool("JDK", lambda: str(find_jdk(desk.environment)))
    yield _tool("Maven", lambda: str(find_maven(desk.environment)))
    yield _tool("Node", lambda: str(find_node(desk.environment)))
    chromium = find_chromium(desk.environment)
    advice = "not found: the browser tests are skipped without it (Debian: apt install chromium)"
    yield Finding("ok", "Chromium", str(chromium)) if chromium else Finding("warn", "Chromium", advice)
    yield _disk(desk)
    checked, complaints = settings.examine(desk.home, desk.environment)
    yield from (Finding("missing", "settings", complaint) for complaint in complaints)
    yield from (Finding("warn", "settings", warning) for warning in checked.warnings)
    if complaints:
        return
    yield Finding(
        "ok",
        "settings",
        str(desk.home.settings_file) if desk.home.settings_file.exists() else "defaults, none are written yet",
    )
    if not desk.home.exists():
        yield Finding("warn", "set-up", f"nothing is set up in {desk.home.root} yet: ./signalwright up does it")
        return
    setup = desk.load_existing()
    yield from _spool(setup)
    yield from _parts(setup, desk.lifecycle(setup))
    yield _gateway(setup)


def _python() -> Finding:
    found = f"{sys.version.split()[0]} in {sys.executable}"
    if importlib.util.find_spec("ensurepip") is None:
        return Finding(
            "missing", "Python", f"{found} has no venv module for Airflow (Debian: apt install python3-venv)"
        )
    return Finding("ok", "Python", found)


def _tool(subject: str, find: Callable[[], str]) -> Finding:
    try:
        return Finding("ok", subject, find())
    except Failure as failure:
        return Finding("missing", subject, str(failure))


def _disk(desk: Desk) -> Finding:
    existing = next(folder for folder in (desk.home.root, *desk.home.root.parents) if folder.exists())
    free = shutil.disk_usage(existing).free // (1024 * 1024)
    if free < _LOW_DISK_MEGABYTES:
        return Finding("warn", "disk", f"{free} MB free at {existing}: a first up needs about {_LOW_DISK_MEGABYTES} MB")
    return Finding("ok", "disk", f"{free} MB free at {existing}")


def _spool(setup: LocalSetup) -> Iterator[Finding]:
    waiting, aside = waiting_records(setup.spool), quarantined_records(setup.spool)
    if waiting:
        yield Finding("warn", "spool", f"{waiting} records wait in {setup.spool}: ./signalwright deliver sends them")
    if aside:
        yield Finding("warn", "spool", f"{aside} records were refused for good; see {setup.spool / 'quarantine'}")
    if not waiting and not aside:
        yield Finding("ok", "spool", "empty")


def _parts(setup: LocalSetup, life: Lifecycle) -> Iterator[Finding]:
    health = life.health()
    for part in parts_of(setup):
        state = health[part.name]
        listens = ", ".join(map(str, part.ports))
        where = f"port {listens}" if listens else "no port"
        if state == "healthy":
            yield Finding("ok", part.name, f"healthy, {where}")
        elif state == "stopped":
            taken = [port for port in part.ports if not ports.is_free(port)]
            holders = "; ".join(
                f"port {port} is held by {ports.holder(port) or 'a program of another user'}" for port in taken
            )
            advice = f"{holders}: ./signalwright up --new-ports" if taken else f"./signalwright start {part.name}"
            yield Finding("warn", part.name, f"stopped, {advice}")
        else:
            yield Finding("warn", part.name, f"runs but is not healthy: ./signalwright logs {part.name}")
    if health.get(AIRFLOW[0]) == "healthy":
        for error in setup.airflow_api().import_errors():
            yield Finding("missing", "workflow", f"Airflow cannot read it: {error}")


def _gateway(setup: LocalSetup) -> Finding:
    host, port = setup.gateway
    try:
        with socket.create_connection((host, port), timeout=3):
            pass
    except OSError as error:
        start = (
            "./signalwright start simulator"
            if setup.simulated
            else "start TWS or IB Gateway and allow API connections there"
        )
        return Finding("warn", "gateway", f"{host}:{port} does not answer ({error}): {start}")
    clock = simulator_control.clock(setup.ports.simulator_control) if setup.simulated else None
    return Finding(
        "ok",
        "gateway",
        f"{host}:{port}" + (f", simulated, stands at {clock}" if clock else ", accepts connections"),
    )
