"""Tools count only when they were run and gave the right version."""

from pathlib import Path

import pytest

from signalwright_local import toolchain
from signalwright_local.failure import Failure


def jdk(folder: Path, version: str, *, compiler: bool = True) -> Path:
    program = f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n"
    executable(folder / "bin" / "java", program)
    if compiler:
        executable(folder / "bin" / "javac", "#!/bin/sh\n")
    return folder


def executable(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def test_java_home_comes_first_when_it_fits(tmp_path: Path) -> None:
    mine = jdk(tmp_path / "mine", "25.0.1")
    jdk(tmp_path / "jvm" / "jdk-25", "25.0.3")

    assert toolchain.find_jdk({"JAVA_HOME": str(mine)}, tmp_path / "jvm").home == mine


def test_an_older_default_is_passed_over(tmp_path: Path) -> None:
    old = jdk(tmp_path / "old", "17.0.15")
    wanted = jdk(tmp_path / "jvm" / "temurin-25-jdk", "25.0.3")

    found = toolchain.find_jdk({"JAVA_HOME": str(old), "PATH": str(old / "bin")}, tmp_path / "jvm")

    assert (found.home, found.version) == (wanted, "25.0.3")


def test_a_folder_named_25_that_holds_something_else_is_not_believed(tmp_path: Path) -> None:
    jdk(tmp_path / "jvm" / "jdk-25", "21.0.2")
    wanted = jdk(tmp_path / "home" / ".sdkman/candidates/java/25-tem", "25")

    found = toolchain.find_jdk({"HOME": str(tmp_path / "home")}, tmp_path / "jvm")

    assert found.home == wanted


def test_a_runtime_without_compiler_is_not_a_jdk(tmp_path: Path) -> None:
    jdk(tmp_path / "jvm" / "jre-25", "25.0.3", compiler=False)

    with pytest.raises(Failure, match=r"JDK 25 is missing.*25\.0\.3 in .*jre-25.*JAVA_HOME"):
        toolchain.find_jdk({}, tmp_path / "jvm")


def test_an_old_maven_is_refused_with_the_way_to_get_one(tmp_path: Path) -> None:
    executable(tmp_path / "mvn", "#!/bin/sh\necho Apache Maven 3.6.3\n")

    with pytest.raises(Failure, match=r"Maven 3\.8 or newer is missing.*apt install maven"):
        toolchain.find_maven({"PATH": f"{tmp_path}:/bin"})
