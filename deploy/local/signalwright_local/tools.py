"""Runs a build tool with its output in a log, and turns its failure into a sentence with the log's last lines."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .failure import Failure
from .processes import bound_log

_NO_NETWORK = re.compile(
    r"unknown host|could not resolve host|name or service not known|temporary failure in name resolution|network is unreachable"
    r"|connection refused|connect timed out|connection timed out|no route to host|could not transfer artifact"
    r"|failed to establish a new connection|dns error|error sending request|EAI_AGAIN|ENOTFOUND",
    re.IGNORECASE,
)
_DISK_FULL = re.compile(r"no space left on device|disk quota exceeded|ENOSPC", re.IGNORECASE)

_TAIL_LINES = 25
_running: set[subprocess.Popen[bytes]] = set()
_guard = threading.Lock()


def run_logged(
    what: str,
    argv: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    registry: str | None = None,
) -> None:
    """Runs a tool to its end. registry: the place it may download from, named when the network fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    bound_log(log)
    with open(log, "ab") as out:
        out.write(f"$ {' '.join(argv)}\n".encode())
        out.flush()
        began = out.tell()
        code = _run(argv, folder, environment, out.fileno())
    if code != 0:
        raise explain(what, code, log, began, registry)


def explain(what: str, code: int, log: Path, began: int, registry: str | None) -> Failure:
    """The failure of a tool in words."""
    with open(log, "rb") as source:
        source.seek(began)
        text = source.read().decode(errors="replace")
    lines = text.splitlines()
    # Maven names the causes first and ends with advice about itself.
    told = [line for line in lines if line.startswith("[ERROR]")][:_TAIL_LINES] or lines[-_TAIL_LINES:]
    tail = "\n".join(f"    {line[:300]}" for line in told)
    if _DISK_FULL.search(text):
        return Failure(
            f"{what} failed because the disk is full: free some space, then repeat the command. Its log: {log}"
        )
    if registry is not None and _NO_NETWORK.search(text):
        return Failure(
            f"{what} failed because {registry} could not be reached: check the network (and proxy or mirror settings), "
            f"then repeat the command; what was loaded is kept. Its log: {log}\n{tail}"
        )
    return Failure(f"{what} failed (exit status {code}). From {log}:\n{tail}")


def end_running_tools() -> None:
    """After an interruption: ends tools of other threads with everything they started."""
    with _guard:
        for process in _running:
            _end(process)


def _run(argv: Sequence[str], folder: Path, environment: Mapping[str, str], out: int) -> int:
    # A session of its own: an interruption ends the whole tree here, not half of it by chance.
    process = subprocess.Popen(
        argv,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with _guard:
        _running.add(process)
    try:
        return process.wait()
    except BaseException:
        _end(process)
        raise
    finally:
        with _guard:
            _running.discard(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=5)
            return
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


def tool_environment(environment: Mapping[str, str], secrets: Iterable[str]) -> dict[str, str]:
    """What a build tool sees: the caller's environment (mirrors, caches, proxies) without secrets and Python overrides."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", *secrets}
    return {name: value for name, value in environment.items() if name not in dropped}


def part_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What a part sees of the caller's environment: named things only, nothing that holds a secret by accident."""
    kept = {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
        "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy",
    }  # fmt: skip
    result = {name: value for name, value in environment.items() if name in kept or name.startswith("LC_")}
    if any(name.lower().endswith("_proxy") for name in result):
        # The parts talk to each other on loopback, never through a proxy.
        bypass = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
        result["NO_PROXY"] = result["no_proxy"] = ",".join(part for part in (bypass, "127.0.0.1", "localhost") if part)
    return result


def need_disk(folder: Path, megabytes: int, what: str) -> None:
    """Fails with one sentence when a folder's disk has too little room."""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free // (1024 * 1024)
    if free < megabytes:
        raise Failure(
            f"The disk of {existing} has {free} MB free, but {what} needs about {megabytes} MB: free some space, or set "
            "SIGNALWRIGHT_HOME to a folder on another disk."
        )
