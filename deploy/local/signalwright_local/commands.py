"""The everyday commands: down, status, trigger, start, stop, deliver, reset, simulator."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from . import credentials, runs, simulator_control, story
from .airflow_api import USER
from .desk import Desk
from .failure import Failure
from .parts import SERVICE, parts_of, resolve
from .processes import ProcessBook
from .setup import LocalSetup
from .spool import deliver, waiting_records
from .up import watch


def down(desk: Desk) -> int:
    if not desk.home.exists():
        desk.screen.say(f"Nothing is set up in {desk.home.root}.")
        return 0
    with desk.home.alone(desk.screen.say):
        stopped = desk.lifecycle(desk.load_to_stop()).stop_all()
    desk.screen.say("Everything is stopped; data and settings are kept." if stopped else "Nothing was running.")
    return 0


def status(desk: Desk, as_json: bool) -> int:
    setup = desk.load_existing()
    parts = desk.lifecycle(setup).health()
    clock = simulator_control.clock(setup.ports.simulator_control) if setup.simulated else None
    state = _state(parts)
    if as_json:
        print(json.dumps(_status_json(setup, state, parts, clock)))
        return 0
    desk.screen.say(f"Signalwright in {setup.home.root} is {state}\n")
    book = ProcessBook(setup.home)
    for name, finding in parts.items():
        running = book.running(name)
        since = f" since {time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(running.started))}" if running else ""
        desk.screen.say(f"  {name:<24} {finding}{since}")
    waiting = waiting_records(setup.spool)
    if waiting:
        desk.screen.say(f"  {'spool':<24} {waiting} records wait: ./signalwright deliver sends them")
    desk.screen.say("\n" + story.places(setup, clock))
    return 0


def trigger(
    desk: Desk, symbols: str | None, as_of: str | None, next_session: bool, wait: float | None, as_json: bool
) -> int:
    """wait: seconds to follow the run, None = do not wait. With as_json the last line on stdout is the run."""
    conf: dict[str, Any] = {}
    if symbols:
        conf["symbols"] = ",".join(_symbols(symbols))
    if as_of:
        conf["as_of"] = _as_of(as_of)
    setup = desk.load_existing()
    if next_session:
        if not setup.simulated:
            raise Failure(
                "--next-session moves the gateway simulator, but IBKR_HOST names a real gateway: its time cannot be moved."
            )
        desk.screen.say(
            f"The simulated gateway now stands at {simulator_control.next_session(setup.ports.simulator_control)}."
        )
    api = setup.airflow_api()
    if api.health() is None:
        raise Failure(f"Airflow at {api.url} does not answer: ./signalwright up starts it.")
    run_id = api.trigger(setup.dag_id, conf)
    if wait is None:
        page = setup.service_api().run_page(setup.dag_id, run_id)
        desk.screen.say(f"Run {run_id} is started: {page}")
        if as_json:
            told = runs.report(api, setup.service_api(), setup.dag_id, run_id)
            print(json.dumps(told.as_json()))
        return 0
    told = watch(desk, setup, run_id, wait)
    desk.screen.say("\n" + story.run_story(told))
    if as_json:
        print(json.dumps(told.as_json()))
    return 0 if told.succeeded else 1


def start(desk: Desk, name: str) -> int:
    names = resolve(name)
    desk.load_existing()
    with desk.home.alone(desk.screen.say):
        setup = desk.load_to_start()
        wanted = [part for part in parts_of(setup) if part.name in names]
        if not wanted:
            raise Failure(f"{name} is not a part of this set-up: settings.env says that it runs elsewhere.")
        desk.lifecycle(setup).start(wanted, desk.built())
    waiting = waiting_records(setup.spool)
    if SERVICE in names and waiting:
        desk.screen.say(f"{waiting} records wait in the spool: ./signalwright deliver sends them.")
    return 0


def stop(desk: Desk, name: str) -> int:
    names = resolve(name)
    if not desk.home.exists():
        raise Failure(f"Nothing is set up in {desk.home.root} yet.")
    with desk.home.alone(desk.screen.say):
        stopped = desk.lifecycle(desk.load_to_stop()).stop(names)
    if not stopped:
        desk.screen.say(f"{name} was not running.")
    return 0


def deliver_spool(desk: Desk, as_json: bool) -> int:
    setup = desk.load_existing()
    done = deliver(setup, desk.built())
    if as_json:
        print(json.dumps({"sent": done.sent, "waiting": done.waiting, "quarantined": done.quarantined}))
    else:
        desk.screen.say(f"Spool: {done.sentence}.")
        for reason in done.reasons:
            desk.screen.say(f"  {reason}")
    return 0 if done.exit_status == 0 and done.waiting == 0 else 1


def reset(desk: Desk, sure: bool, everything: bool) -> int:
    home = desk.home
    if not home.exists():
        desk.screen.say(f"Nothing is set up in {home.root}.")
        return 0
    kept = [] if everything else [home.settings_file, home.airflow / "venv"]
    desk.screen.say(
        f"This stops all parts and deletes what {home.root} holds: artifacts, runs, logs, tokens, ports, the spool"
        + (
            ", the settings and the Airflow environment."
            if everything
            else "; the settings and the Airflow environment are kept."
        )
    )
    if waiting_records(home.spool):
        desk.screen.say(f"{waiting_records(home.spool)} artifacts in the spool have not been delivered; they are lost.")
    if not sure and input("Delete it? Type yes: ").strip().lower() != "yes":
        desk.screen.say("Nothing was deleted.")
        return 1
    with home.alone(desk.screen.say):
        desk.lifecycle(desk.load_to_stop()).stop_all()
        for entry in home.root.iterdir():
            _delete(entry, kept)
    desk.screen.say("Deleted. ./signalwright up makes a fresh one.")
    return 0


_PATHS = ("--bars", "--state-dir", "--scenario")


SIMULATOR = (
    "Runs the gateway simulator in the foreground. All options go to it, for example: "
    "./signalwright simulator --bars deploy/bars --clock 2012-09-20T09:00-04:00 --port 4002 --control-port 4003."
)


def simulator_help(desk: Desk, _: Sequence[str]) -> int:
    """What the launcher says of it, then the simulator's own options; those only when it is built."""
    print(SIMULATOR, end="\n\n", flush=True)
    try:
        return simulator(desk, ["--help"])
    except Failure as failure:
        print(f"Its own options are shown when it is built: {failure}")
        return 0


def simulator(desk: Desk, options: Sequence[str]) -> int:
    """Runs the gateway simulator in the foreground with the user's own options."""
    built = desk.built()
    words = _absolute_folders(options)
    process = subprocess.Popen([str(built.jdk.java), "@simulator.args", *words], cwd=built.worker_folder)
    # The terminal sends an interruption to both; this one waits for the simulator's own clean end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def _absolute_folders(options: Sequence[str]) -> list[str]:
    """The simulator runs in a folder of its own: what the user wrote is meant from where the user stands."""
    words: list[str] = []
    for before, word in zip(["", *options], options, strict=False):
        name, equals, value = word.partition("=")
        if before in _PATHS:
            words.append(str(Path(word).resolve()))
        elif equals and name in _PATHS:
            words.append(f"{name}={Path(value).resolve()}")
        else:
            words.append(word)
    return words


def _delete(entry: Path, kept: Sequence[Path]) -> None:
    if entry in kept or entry.name == "lock":
        return
    if entry.is_dir() and not entry.is_symlink():
        if any(entry in keep.parents for keep in kept):
            for inner in entry.iterdir():
                _delete(inner, kept)
        else:
            shutil.rmtree(entry)
    else:
        entry.unlink()


def _state(parts: dict[str, str]) -> str:
    if all(finding == "healthy" for finding in parts.values()):
        return "up"
    return "down" if all(finding == "stopped" for finding in parts.values()) else "partly up"


def _status_json(setup: LocalSetup, state: str, parts: dict[str, str], clock: str | None) -> dict[str, Any]:
    host, port = setup.gateway
    token_files = {role: str(credentials.token_file(setup.home, role)) for role in credentials.TOKEN_NAMES}
    return {
        "state": state,
        "home": str(setup.home.root),
        "artifact_service": {"url": setup.service_url, "token_files": token_files},
        "airflow": {
            "url": setup.airflow_url,
            "username": USER,
            "password_file": str(credentials.airflow_password_file(setup.home)),
        },
        "gateway": {"host": host, "port": port, "simulated": setup.simulated, "clock": clock},
        "parts": parts,
    }


def _symbols(text: str) -> list[str]:
    names = [name.strip().upper() for name in text.split(",") if name.strip()]
    bad = [name for name in names if not re.fullmatch(r"[A-Z0-9][A-Z0-9.\-]{0,11}", name)]
    if bad or not names:
        raise Failure(f"--symbols takes tickers separated by commas, like AAPL,MSFT; not {text!r}.")
    return names


def _as_of(text: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text).isoformat()
        if datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is None:
            raise ValueError(text)
    except ValueError as error:
        raise Failure(
            f"--as-of takes a date like 2012-09-20 or an instant with zone like 2012-09-20T09:00-04:00; not {text!r}."
        ) from error
    return text
