"""docs/configuration.md and the catalogue of settings tell the same."""

import re
from pathlib import Path

from signalwright_local.catalogue import SETTINGS

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "configuration.md"


def test_every_setting_is_documented_with_its_default_and_nothing_else_is() -> None:
    section = DOCUMENT.read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `([A-Z0-9_]+)` \| (.*?) \|", section, re.MULTILINE))

    assert list(rows) == list(SETTINGS)
    for name, setting in SETTINGS.items():
        if setting.default is not None:
            assert rows[name] == f"`{setting.default}`"
    assert {name for name in rows if f"`{name}` | absent | **secret**" in section} == {
        name for name, setting in SETTINGS.items() if setting.secret
    }
