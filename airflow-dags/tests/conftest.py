"""Shared by all tests: an Airflow that finds no home, no database and no settings of this machine."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

# Before the first import of airflow, which reads and writes its home as it is imported.
_home = tempfile.mkdtemp(prefix="signalwright-airflow-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("AIRFLOW")]:
    del os.environ[_name]
os.environ["AIRFLOW_HOME"] = _home
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"


@pytest.fixture
def fake_java(tmp_path: Path) -> Path:
    """Make an executable that stands in for java: it runs the argument file as a Python program."""
    java = tmp_path / "java"
    java.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "file = sys.argv.pop(1)\n"
        "assert file == '@worker.args', file\n"
        "exec(compile(open('worker.args').read(), 'worker.args', 'exec'))\n"
    )
    java.chmod(0o755)
    return java
