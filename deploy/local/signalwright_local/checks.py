"""``test``: runs every test there is and says, part by part, what passed, what failed and what was skipped and why."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from .build import JavaBuild, maven_environment
from .desk import Desk
from .failure import Failure
from .python_environment import PythonEnvironment
from .toolchain import find_jdk, find_maven, find_node
from .tools import run_logged

GROUPS = ("java", "python", "e2e")


@dataclass
class Tally:
    """Counts of one part's tests."""

    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def add_report(self, report: Path) -> None:
        """Adds a JUnit report, the form both Maven and pytest write."""
        for case in ElementTree.parse(report).iter("testcase"):
            skipped = case.find("skipped")
            if skipped is not None:
                self.skipped[(skipped.get("message") or "no reason given").strip().splitlines()[0]] += 1
            elif case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            else:
                self.passed += 1


@dataclass(frozen=True)
class Part:
    """One line of the summary. run: does the work, counts into the tally, returns why it did not run (or '')."""

    group: str
    title: str
    run: Callable[[Tally], str]


@dataclass(frozen=True)
class Verdict:
    """What came of one part."""

    title: str
    state: str
    seconds: float
    tally: Tally
    note: str


def test(desk: Desk, fast: bool, only: str | None) -> int:
    wanted = [group for group in GROUPS if only in (None, group) and not (fast and group == "e2e")]
    runner = _Tests(desk)
    verdicts = [_judge(desk, part) for part in runner.parts() if part.group in wanted]
    desk.screen.say()
    for verdict in verdicts:
        _tell(desk, verdict)
    for group in GROUPS:
        if group not in wanted:
            desk.screen.say(f"  not run  {group}: left out by --{'fast' if only is None else 'only'}")
    failed = [verdict.title for verdict in verdicts if verdict.state == "FAILED"]
    desk.screen.say(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'All tests passed.'}")
    return 1 if failed else 0


def _judge(desk: Desk, part: Part) -> Verdict:
    tally = Tally()
    began = time.monotonic()
    try:
        with desk.screen.step(part.title):
            note = part.run(tally)
        state = "not run" if note else "passed"
    except Failure as failure:
        desk.screen.say(str(failure))
        note, state = "", "FAILED"
    return Verdict(part.title, state, time.monotonic() - began, tally, note)


def _tell(desk: Desk, verdict: Verdict) -> None:
    tally = verdict.tally
    counts = [f"{tally.passed} passed"] if tally.passed else []
    counts += [f"{tally.failed} failed"] if tally.failed else []
    counts += [f"{tally.skipped.total()} skipped"] if tally.skipped else []
    text = verdict.note or ", ".join(counts)
    desk.screen.say(f"  {verdict.state:<8} {verdict.title:<40} {verdict.seconds:7.1f} s  {text}")
    for reason, count in tally.skipped.items():
        desk.screen.say(f"           skipped {count}: {reason}")


class _Tests:
    """The parts of all tests in their order, cheap ones first within a group."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._root = desk.checkout.root
        self._logs = desk.home.logs
        self._environment = {**desk.tools(), "PYTHONDONTWRITEBYTECODE": "1"}
        dags = desk.checkout.airflow_dags
        venv = desk.home.root / "test" / "venv"
        self._python = PythonEnvironment(venv, dags / "requirements-dev.txt", dags, self._logs / "test-install.log")

    def parts(self) -> list[Part]:
        found = [Part("python", "Python test environment", self._install)]
        for folder in (self._desk.checkout.airflow_dags, self._root / "deploy" / "local"):
            name = folder.relative_to(self._root)
            found.append(Part("python", f"{name}: ruff and mypy", _bound(self._style, folder)))
            found.append(Part("python", f"{name}: pytest", _bound(self._pytest, folder, ["tests"])))
        e2e = self._root / "deploy" / "e2e"
        if e2e.is_dir():
            found.append(Part("python", "deploy/e2e: ruff and mypy", _bound(self._style, e2e)))
        found.append(Part("java", "Java: build, checks, tests", self._java))
        found.append(Part("e2e", "end to end in a real Airflow", self._end_to_end))
        return found

    def _install(self, _tally: Tally) -> str:
        self._python.make(self._environment)
        return ""

    def _style(self, _tally: Tally, folder: Path) -> str:
        for words in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
            self._tool(f"{words[0]} in {folder.name}", [str(self._python.program(words[0])), *words[1:]], folder)
        return ""

    def _pytest(
        self, tally: Tally, folder: Path, targets: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> str:
        report = self._logs / f"test-{folder.name}.xml"
        report.unlink(missing_ok=True)
        argv = [
            str(self._python.python),
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *targets,
        ]
        try:
            self._tool(f"pytest in {folder.name}", argv, folder, environment)
        finally:
            if report.exists():
                tally.add_report(report)
        return ""

    def _java(self, tally: Tally) -> str:
        jdk, maven = find_jdk(self._environment), find_maven(self._environment)
        find_node(self._environment)
        build = JavaBuild(self._desk.checkout, jdk, maven, self._logs / "test-java.log")
        began = time.time()
        try:
            with build.alone(self._desk.screen.say):
                run_logged(
                    "The Java build with all tests",
                    [str(maven), "-B", "verify"],
                    folder=self._root,
                    environment=maven_environment(self._environment, jdk),
                    log=self._logs / "test-java.log",
                    registry="a Maven repository",
                )
                # The tests ran on exactly these sources: the next up need not build again.
                build.remember()
        finally:
            for report in self._root.glob("*/target/*-reports/TEST-*.xml"):
                if report.stat().st_mtime >= began:
                    tally.add_report(report)
        return ""

    def _end_to_end(self, tally: Tally) -> str:
        folder = self._root / "deploy" / "e2e"
        if not folder.is_dir():
            return "this checkout has no folder deploy/e2e"
        self._install(tally)
        return self._pytest(tally, folder, ["."])

    def _tool(self, what: str, argv: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
        run_logged(
            what,
            argv,
            folder=folder,
            environment={**self._environment, **(environment or {})},
            log=self._logs / "test-python.log",
        )


def _bound(method: Callable[..., str], *arguments: object) -> Callable[[Tally], str]:
    return lambda tally: method(tally, *arguments)
