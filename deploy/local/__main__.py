"""Runs the launcher when Python is given this folder; see the script ``signalwright``."""

import sys

from signalwright_local.cli import leave, main

leave(main(sys.argv[1:]))
