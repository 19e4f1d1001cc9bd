"""One local set-up: which parts it has, where each listens, and what each finds in its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import credentials
from .airflow_api import AirflowApi
from .places import Checkout, Home
from .ports import Ports
from .python_environment import PythonEnvironment
from .service_api import ServiceApi
from .settings import Settings
from .toolchain import Jdk

_GATEWAY_PORTS = {"tws": 4002, "client-portal": 5000}
START_CLOCK = "2012-09-20T09:00-04:00"
_PORT_SETTINGS = ("ARTIFACT_SERVICE_PORT", "AIRFLOW_PORT", "SIMULATOR_PORT", "SIMULATOR_CONTROL_PORT")
_STORE_SETTINGS = (
    "ARTIFACT_DB_URL",
    "ARTIFACT_DB_USER",
    "ARTIFACT_DB_PASSWORD_FILE",
    "ARTIFACT_BLOB_STORE",
    "ARTIFACT_BLOB_S3_ENDPOINT",
    "ARTIFACT_BLOB_S3_REGION",
    "ARTIFACT_BLOB_S3_ACCESS_KEY_FILE",
    "ARTIFACT_BLOB_S3_SECRET_KEY_FILE",
    "ARTIFACT_RETENTION",
)
_PROXY_SETTINGS = (
    "ARTIFACT_TRUSTED_PROXIES",
    "ARTIFACT_PROXY_USER_HEADER",
    "ARTIFACT_PROXY_ROLES_HEADER",
    "ARTIFACT_PROXY_ROLES_FILE",
)
_ACCESS_SETTINGS = ("ARTIFACT_ALLOWED_HOSTS", "ARTIFACT_FRAME_ANCESTORS", *_PROXY_SETTINGS)
_OWN_HOSTS = "localhost,127.0.0.1,[::1]"


@dataclass(frozen=True)
class Built:
    """What has to exist before a part can be started. key: of the sources the folders were built from."""

    jdk: Jdk
    key: str
    worker_folder: Path
    service_folder: Path
    airflow: PythonEnvironment


@dataclass(frozen=True)
class LocalSetup:
    """Places, settings and ports of one set-up. environment: what every part may see of the caller's own."""

    checkout: Checkout
    home: Home
    settings: Settings
    ports: Ports
    environment: Mapping[str, str]

    @property
    def simulated(self) -> bool:
        """True when the gateway is the simulator started here."""
        return self.settings.get("IBKR_HOST") is None

    @property
    def own_service(self) -> bool:
        """True when the artifact service is started here."""
        return self.settings.get("ARTIFACT_SERVICE_URL") is None

    @property
    def gateway(self) -> tuple[str, int]:
        if self.simulated:
            return "127.0.0.1", self.ports.simulator
        usual = _GATEWAY_PORTS[self.settings.need("IBKR_ADAPTER")]
        return self.settings.need("IBKR_HOST"), int(self.settings.get("IBKR_PORT") or usual)

    @property
    def dag_id(self) -> str:
        return self.settings.need("DAG_ID")

    @property
    def spool(self) -> Path:
        written = self.settings.get("SPOOL_DIR")
        return Path(written).expanduser() if written else self.home.spool

    @property
    def service_url(self) -> str:
        return self.settings.get("ARTIFACT_SERVICE_URL") or f"http://127.0.0.1:{self.ports.service}"

    @property
    def airflow_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.airflow}"

    @property
    def worker_token_file(self) -> Path:
        elsewhere = self.settings.secret_files.get("ARTIFACT_SERVICE_TOKEN")
        return credentials.token_file(self.home, "worker") if self.own_service or elsewhere is None else elsewhere

    @property
    def viewer_token_file(self) -> Path:
        return credentials.token_file(self.home, "viewer") if self.own_service else self.worker_token_file

    def airflow_api(self) -> AirflowApi:
        return AirflowApi(self.airflow_url, credentials.airflow_password_file(self.home))

    def service_api(self) -> ServiceApi:
        return ServiceApi(self.service_url, self.viewer_token_file)

    def worker_environment(self, built: Built) -> dict[str, str]:
        """What the operator and the worker need; see contract and airflow-dags/README.md."""
        host, port = self.gateway
        settings = self.settings.environment()
        for name in (*_PORT_SETTINGS, *_STORE_SETTINGS, *_ACCESS_SETTINGS):
            settings.pop(name, None)
        return {
            **settings,
            "SIGNALWRIGHT_HOME": str(self.home.root),
            "SPOOL_DIR": str(self.spool),
            "ARTIFACT_SERVICE_URL": self.service_url,
            "ARTIFACT_SERVICE_TOKEN_FILE": str(self.worker_token_file),
            "IBKR_HOST": host,
            "IBKR_PORT": str(port),
            # The simulator speaks the TWS socket only.
            "IBKR_ADAPTER": "tws" if self.simulated else self.settings.need("IBKR_ADAPTER"),
            "WORKFLOW_JAVA": str(built.jdk.java),
            "WORKFLOW_WORKER_HOME": str(built.worker_folder),
        }

    def service_environment(self) -> dict[str, str]:
        settings = self.settings.environment()
        return {
            **{name: settings[name] for name in (*_STORE_SETTINGS, *_PROXY_SETTINGS) if name in settings},
            "SIGNALWRIGHT_HOME": str(self.home.root),
            "ARTIFACT_SERVICE_PORT": str(self.ports.service),
            "TRADING_MODE": self.settings.need("TRADING_MODE"),
            "AIRFLOW_URL": self.airflow_url,
            # Airflow's tabs show the service's pages in a frame.
            "SIGNALWRIGHT_ACCESS_FRAME_ANCESTORS": _joined(self.airflow_url, settings.get("ARTIFACT_FRAME_ANCESTORS")),
            "SIGNALWRIGHT_ACCESS_ALLOWED_HOSTS": _joined(_OWN_HOSTS, settings.get("ARTIFACT_ALLOWED_HOSTS")),
        }


def _joined(own: str, more: str | None) -> str:
    return f"{own},{more}" if more else own
