"""Builds a wheel that holds nothing but the stand-in for the program airflow; needs no package to be loaded."""

import zipfile
from pathlib import Path

_NAME = "stand_in_airflow-1"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):  # noqa: ARG001
    name = f"{_NAME}-py3-none-any.whl"
    files = {
        "stand_in_airflow.py": Path("airflow.py").read_text(encoding="utf-8"),
        f"{_NAME}.dist-info/METADATA": "Metadata-Version: 2.1\nName: stand-in-airflow\nVersion: 1\n",
        f"{_NAME}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{_NAME}.dist-info/entry_points.txt": "[console_scripts]\nairflow = stand_in_airflow:run\n",
    }
    files[f"{_NAME}.dist-info/RECORD"] = "".join(f"{file},,\n" for file in files) + f"{_NAME}.dist-info/RECORD,,\n"
    files["stand_in_airflow.py"] += "\n\ndef run():\n    main(sys.argv[1:])\n"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
    return name
