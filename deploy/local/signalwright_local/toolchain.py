"""Finds the tools the set-up needs. A tool counts only when it was run and gave the right version."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .failure import Failure

JAVA_VERSION = 25
MAVEN_LEAST = (3, 8)
NODE_LEAST = 20


@dataclass(frozen=True)
class Jdk:
    """A JDK of the wanted version."""

    home: Path
    version: str

    def __str__(self) -> str:
        return f"{self.version} in {self.home}"

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"


def find_jdk(environment: Mapping[str, str], jvm_folder: Path = Path("/usr/lib/jvm")) -> Jdk:
    """The first JDK 25 among JAVA_HOME, PATH, the system's folder and SDKMAN."""
    seen: dict[Path, str] = {}
    for home in _jdk_candidates(environment, jvm_folder):
        resolved = home.resolve()
        if resolved in seen or not (resolved / "bin" / "java").is_file():
            continue
        version = _java_version(resolved)
        seen[resolved] = version or "unreadable"
        if version and version.split(".")[0] == str(JAVA_VERSION) and (resolved / "bin" / "javac").is_file():
            return Jdk(resolved, version)
    found = ", ".join(f"{version} in {home}" for home, version in seen.items()) or "no Java at all"
    raise Failure(
        f"JDK {JAVA_VERSION} is missing: both Java parts are built with it and run on it. Found: {found}. "
        f"Install it (Debian: apt install temurin-25-jdk from adoptium.net; sdk install java 25-tem) or set JAVA_HOME to it."
    )


def find_maven(environment: Mapping[str, str]) -> Path:
    found = shutil.which("mvn", path=environment.get("PATH"))
    version = _version(found, "-version", r"Apache Maven (\d+)\.(\d+)") if found else None
    if found is None or version is None or version < MAVEN_LEAST:
        raise Failure(
            "Maven 3.8 or newer is missing: it builds the Java parts. Install it (Debian: apt install maven)."
        )
    return Path(found)


def find_node(environment: Mapping[str, str]) -> Path:
    found = shutil.which("node", path=environment.get("PATH"))
    version = _version(found, "--version", r"v(\d+)\.(\d+)") if found else None
    if found is None or version is None or version[0] < NODE_LEAST:
        raise Failure(
            "Node 20 or newer is missing: the pages' scripts are built with it. Install it (Debian: apt install nodejs npm)."
        )
    return Path(found)


def find_chromium(environment: Mapping[str, str]) -> Path | None:
    """The browser for the page tests, or None: those tests are skipped without it."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            return Path(found)
    return None


def _jdk_candidates(environment: Mapping[str, str], jvm_folder: Path) -> Iterator[Path]:
    if environment.get("JAVA_HOME"):
        yield Path(environment["JAVA_HOME"])
    on_path = shutil.which("java", path=environment.get("PATH"))
    if on_path:
        yield Path(on_path).resolve().parent.parent
    folders = [jvm_folder, Path("/opt")]
    if environment.get("HOME"):
        folders += [
            Path(environment["HOME"]) / ".sdkman" / "candidates" / "java",
            Path(environment["HOME"]) / ".jdks",
        ]
    if environment.get("SDKMAN_DIR"):
        folders.append(Path(environment["SDKMAN_DIR"]) / "candidates" / "java")
    for folder in folders:
        if folder.is_dir():
            # Names with the wanted version first, so that few others have to be run.
            yield from sorted(folder.iterdir(), key=lambda home: (str(JAVA_VERSION) not in home.name, home.name))


def _java_version(home: Path) -> str | None:
    text = _output([str(home / "bin" / "java"), "-version"])
    match = re.search(r'version "([^"]+)"', text or "")
    return match.group(1) if match else None


def _version(program: str, option: str, pattern: str) -> tuple[int, ...] | None:
    match = re.search(pattern, _output([program, option]) or "")
    return tuple(int(part) for part in match.groups()) if match else None


def _output(argv: list[str]) -> str | None:
    quiet = {name: value for name, value in os.environ.items() if name not in ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")}
    try:
        run = subprocess.run(argv, capture_output=True, text=True, errors="replace", timeout=30, env=quiet, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout + run.stderr if run.returncode == 0 else None
