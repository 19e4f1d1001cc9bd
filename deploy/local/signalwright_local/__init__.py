"""The local set-up of Signalwright: builds, starts, stops, watches and tests all parts on one machine.

Enters: a command line, the environment, ``settings.env``. Leaves: running parts on loopback ports,
files below ``SIGNALWRIGHT_HOME``, sentences for the person at the terminal or JSON for scripts.
Standard library only: it has to run before anything is installed.
"""
