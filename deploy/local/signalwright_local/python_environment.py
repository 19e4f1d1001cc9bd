"""Makes a Python environment from locked requirements: uv with checked hashes, pip when uv cannot be had."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from .build import content_key
from .failure import Failure
from .tools import need_disk, run_logged

_NEEDED_MEGABYTES = 900


class PythonEnvironment:
    """One virtual environment below SIGNALWRIGHT_HOME, with the project's own package in it.

    folder: where it is made. requirements: the locked list. package: the source folder of the own package.
    """

    def __init__(self, folder: Path, requirements: Path, package: Path, log: Path) -> None:
        self.folder = folder
        self._requirements = requirements
        self._uv_requirements = package / "requirements-uv.txt"
        self._package = package
        self._log = log
        self._requirements_key = content_key(
            iter([requirements, self._uv_requirements]), package, sys.version, str(folder)
        )
        self._package_key = content_key(iter([package / "pyproject.toml", package / "src"]), package)

    @property
    def key(self) -> str:
        """Changes when something else is installed."""
        return f"{self._requirements_key}:{self._package_key}"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def is_current(self) -> bool:
        return self._installed() == (self._requirements_key, self._package_key) and self.python.exists()

    def make(self, environment: Mapping[str, str]) -> bool:
        """Makes it if needed; tells whether it did."""
        if self.is_current():
            return False
        if not self.python.exists() or self._installed()[0] != self._requirements_key:
            self._make_anew(environment)
        self._install(environment, ["--no-deps", "--no-build-isolation", "--force-reinstall", str(self._package)])
        self._marker.write_text(self.key, encoding="utf-8")
        return True

    def _make_anew(self, environment: Mapping[str, str]) -> None:
        need_disk(self.folder, _NEEDED_MEGABYTES, "the Airflow environment")
        # Made anew rather than mended: what a lock no longer names must not stay behind.
        shutil.rmtree(self.folder, ignore_errors=True)
        if importlib.util.find_spec("ensurepip") is None:
            raise Failure(
                f"Python's venv module is incomplete in {sys.executable}: Airflow gets an environment of its own made with it. "
                "Install it (Debian: apt install python3-venv)."
            )
        self._run(environment, [sys.executable, "-m", "venv", str(self.folder)])
        self._install_uv(environment)
        self._install(environment, ["--require-hashes", "-r", str(self._requirements)])

    def _install_uv(self, environment: Mapping[str, str]) -> None:
        try:
            self._run(environment, [*self._pip(), "--require-hashes", "-r", str(self._uv_requirements)])
        except Failure:
            # No uv for this machine: pip installs the same locked files, only slower; a missing network shows there too.
            return

    def _install(self, environment: Mapping[str, str], what: list[str]) -> None:
        uv = self.program("uv")
        installer = [str(uv), "pip", "install", "--quiet", "--python", str(self.python)] if uv.exists() else self._pip()
        self._run(environment, [*installer, *what])

    def _pip(self) -> list[str]:
        return [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]

    def _run(self, environment: Mapping[str, str], argv: list[str]) -> None:
        run_logged(
            "Installing the Airflow environment",
            argv,
            folder=self._package,
            environment={**environment, "UV_LINK_MODE": "copy"},
            log=self._log,
            registry="the Python package index",
        )

    def _installed(self) -> tuple[str, str]:
        try:
            requirements, _, package = self._marker.read_text(encoding="utf-8").partition(":")
        except FileNotFoundError:
            return "", ""
        return requirements, package

    @property
    def _marker(self) -> Path:
        return self.folder / "signalwright.key"
