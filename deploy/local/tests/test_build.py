"""The build runs when the sources' content changed, and only then; its failures become sentences."""

import os
from pathlib import Path

import pytest

from signalwright_local import build, tools
from signalwright_local.failure import Failure
from signalwright_local.together import together


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "workflow-worker" / "src").mkdir(parents=True)
    (tmp_path / "workflow-worker" / "src" / "A.java").write_text("class A {}")
    (tmp_path / "pom.xml").write_text("<project/>")
    return tmp_path


def test_a_touched_file_and_build_output_change_nothing(sources: Path) -> None:
    before = build.source_key(sources, "25")

    os.utime(sources / "pom.xml", (1, 1))
    (sources / "workflow-worker" / "target").mkdir()
    (sources / "workflow-worker" / "target" / "a.jar").write_text("made")

    assert build.source_key(sources, "25") == before


@pytest.mark.parametrize("change", ["content", "name", "new file", "JDK"])
def test_every_real_change_changes_the_key(sources: Path, change: str) -> None:
    before = build.source_key(sources, "25.0.1")
    file = sources / "workflow-worker" / "src" / "A.java"
    if change == "content":
        file.write_text("class A { }")
    elif change == "name":
        file.rename(file.with_name("B.java"))
    elif change == "new file":
        file.with_name("untracked.txt").write_text("")

    assert build.source_key(sources, "25.0.2" if change == "JDK" else "25.0.1") != before


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "Could not transfer artifact x from/to central: repo.example: Name or service not known",
            "could not be reached",
        ),
        ("write failed: No space left on device", "disk is full"),
        ("COMPILATION ERROR : A.java:[1,2]", r"exit status 3.*COMPILATION ERROR"),
    ],
)
def test_a_failed_tool_is_explained(tmp_path: Path, output: str, expected: str) -> None:
    log = tmp_path / "logs" / "tool.log"

    with pytest.raises(Failure, match=rf"(?s)The build.*{expected}"):
        tools.run_logged(
            "The build",
            ["sh", "-c", f"echo '{output}'; exit 3"],
            folder=tmp_path,
            environment=os.environ,
            log=log,
            registry="a Maven repository",
        )


def test_too_little_room_is_said_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"needs about 999999999 MB.*SIGNALWRIGHT_HOME"):
        tools.need_disk(tmp_path / "not" / "there", 999_999_999, "the build")


def test_parts_see_nothing_of_the_caller_that_could_hold_a_secret() -> None:
    given = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "LLM_API_KEY": "y", "https_proxy": "http://proxy:3128"}

    seen = tools.part_environment(given)

    assert set(seen) == {"PATH", "https_proxy", "NO_PROXY", "no_proxy"}
    assert "127.0.0.1" in seen["NO_PROXY"]


def test_side_by_side_all_end_and_the_first_failure_counts() -> None:
    done: list[str] = []

    def fails() -> None:
        raise Failure("first")

    with pytest.raises(Failure, match="first"):
        together([fails, lambda: done.append("second")])

    assert done == ["second"]
