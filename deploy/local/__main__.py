"""Runs the launcher when Python is given this folder; see the script ``signalwright``."""

import sys

from signalwright_local.cli import main

sys.exit(main(sys.argv[1:]))
