"""Tests of the command line, one module a command and one for what all share."""
