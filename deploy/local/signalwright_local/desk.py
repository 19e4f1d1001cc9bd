"""What every command needs, made once from the command line's surroundings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import ports, settings
from .catalogue import SETTINGS
from .failure import Failure
from .lifecycle import Lifecycle
from .places import Checkout, Home
from .python_environment import PythonEnvironment
from .screen import Screen
from .setup import Built, LocalSetup
from .toolchain import find_jdk
from .tools import part_environment, tool_environment


@dataclass(frozen=True)
class Desk:
    """Checkout, home, the caller's environment, and the screen."""

    checkout: Checkout
    home: Home
    environment: Mapping[str, str]
    screen: Screen

    @staticmethod
    def here(screen: Screen) -> Desk:
        root = Path(__file__).resolve().parents[3]
        written = os.environ.get("SIGNALWRIGHT_HOME")
        home = Path(written).expanduser().resolve() if written else root / ".signalwright"
        return Desk(Checkout(root), Home(home), os.environ, screen)

    def load_to_start(self) -> LocalSetup:
        """The set-up with its settings checked, its ports chosen and its secrets' files up to date."""
        return self._setup(settings.load(self.home, self.environment, starting=True))

    def load_to_stop(self) -> LocalSetup:
        """The set-up as far as it can be read: a wrong setting must not keep anybody from stopping it."""
        try:
            return self._setup(settings.examine(self.home, self.environment)[0])
        except Failure as failure:
            self.screen.say(str(failure))
            return self._setup(settings.examine(Home(self.home.root / "none"), {})[0])

    def load_existing(self) -> LocalSetup:
        """The set-up, or one sentence when there is none yet."""
        if not self.home.exists():
            raise Failure(f"Nothing is set up in {self.home.root} yet: ./signalwright up does it.")
        return self._setup(settings.load(self.home, self.environment, starting=False))

    def _setup(self, checked: settings.Settings) -> LocalSetup:
        own = part_environment(self.environment)
        return LocalSetup(self.checkout, self.home, checked, ports.choose(self.home, checked), own)

    def lifecycle(self, setup: LocalSetup) -> Lifecycle:
        return Lifecycle(setup, self.screen)

    def tools(self) -> dict[str, str]:
        """The environment of build tools: the caller's, without our secrets."""
        return tool_environment(self.environment, [name for name, setting in SETTINGS.items() if setting.secret])

    def airflow_python(self) -> PythonEnvironment:
        dags = self.checkout.airflow_dags
        return PythonEnvironment(
            self.home.airflow / "venv",
            dags / "requirements.txt",
            dags,
            self.home.logs / "airflow-install.log",
        )

    def built(self) -> Built:
        """What an earlier ``up`` built, for commands that do not build."""
        airflow = self.airflow_python()
        key = str(self.home.state().get("build_key", ""))
        if not key or not airflow.python.exists():
            raise Failure("The parts are not built yet: ./signalwright up --no-run does it.")
        parts = self.home.parts / key
        return Built(find_jdk(self.environment), key, parts / "worker", parts / "service", airflow)
