"""Builds the Java parts when their sources changed since the last build.

The key is a hash of the content of every source file, so neither a touched file nor a switched branch with
the same content builds again, and nothing that changed is missed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .failure import Failure
from .places import Checkout, Home, exclusive
from .toolchain import Jdk
from .tools import need_disk, run_logged

_SOURCES = ("pom.xml", ".mvn", "artifact-service", "workflow-worker", "docs", "deploy/bars")
_NOT_SOURCES = {"target", "node_modules", "__pycache__", ".git"}
_NEEDED_MEGABYTES = 2000
_PARTS_MEGABYTES = 400


class JavaBuild:
    """The build of one checkout."""

    def __init__(self, checkout: Checkout, jdk: Jdk, maven: Path, log: Path) -> None:
        self._checkout = checkout
        self._jdk = jdk
        self._maven = maven
        self._log = log
        self.key = source_key(checkout.root, jdk.version)

    def is_current(self) -> bool:
        return _read(self._marker) == self.key and not self._absent()

    def run(self, environment: Mapping[str, str], waiting: Callable[[str], None]) -> bool:
        """Builds if needed; tells whether it did."""
        with self.alone(waiting):
            if self.is_current():
                return False
            need_disk(self._checkout.root, _NEEDED_MEGABYTES, "the build")
            self._marker.unlink(missing_ok=True)
            run_logged(
                "The build of the Java parts",
                [str(self._maven), "-B", "-q", "-T", "2", "package", "-Dmaven.test.skip=true"],
                folder=self._checkout.root,
                environment=maven_environment(environment, self._jdk),
                log=self._log,
                registry="a Maven repository",
            )
            if self._absent():
                raise Failure(
                    f"The build ended well but did not make {', '.join(map(str, self._absent()))}: see {self._log}."
                )
            self.remember()
            return True

    @contextmanager
    def alone(self, waiting: Callable[[str], None]) -> Iterator[None]:
        """Holds the checkout's build lock."""
        self._marker.parent.mkdir(exist_ok=True)
        with exclusive(self._marker.with_suffix(".lock"), waiting):
            yield

    def remember(self) -> None:
        """Marks what lies in the target folders as built from the present sources."""
        self._marker.parent.mkdir(exist_ok=True)
        self._marker.write_text(self.key, encoding="utf-8")

    def _absent(self) -> list[Path]:
        worker, service = self._checkout.worker_folder, self._checkout.service_folder
        made = (
            worker / "worker.args",
            worker / "simulator.args",
            service / "service.args",
            service / "backup.args",
        )
        return [file for file in made if not file.is_file()]

    @property
    def _marker(self) -> Path:
        return self._checkout.root / "target" / "signalwright-build.key"


def install(checkout: Checkout, home: Home, key: str) -> None:
    """Copies the built parts into the home, so that a later build or test never touches running ones.

    Times are kept: the AOT caches are bound to them.
    """
    target = home.parts / key
    if target.is_dir():
        return
    need_disk(home.parts, _PARTS_MEGABYTES, "a copy of the built parts")
    fresh = home.parts / f".{key}"
    shutil.rmtree(fresh, ignore_errors=True)
    # What the training of a cache leaves behind is as large as the cache and used by nobody.
    leave = shutil.ignore_patterns("*.aot.config")
    shutil.copytree(checkout.worker_folder, fresh / "worker", symlinks=True, ignore=leave)
    shutil.copytree(checkout.service_folder, fresh / "service", symlinks=True, ignore=leave)
    fresh.rename(target)


def remove_others(home: Home, key: str) -> None:
    """Removes copies of older builds."""
    for folder in home.parts.iterdir():
        if folder.name != key:
            shutil.rmtree(folder, ignore_errors=True)


def maven_environment(environment: Mapping[str, str], jdk: Jdk) -> dict[str, str]:
    return {**environment, "JAVA_HOME": str(jdk.home), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}


def source_key(root: Path, *more: str) -> str:
    """Hash over names and contents of the Java parts' sources."""
    return content_key((root / name for name in _SOURCES), root, *more)


def content_key(paths: Iterator[Path], base: Path, *more: str) -> str:
    digest = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        for file in _files(path):
            digest.update(f"\0{file.relative_to(base)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES and not name.endswith(".egg-info"))
        for name in sorted(names):
            yield Path(folder, name)


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
