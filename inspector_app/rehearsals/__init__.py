"""Rehearsals: what a command would have changed, read from the layer or copy that took its writes.

Everything in there was written by the project's code, so it is read as what it may be: links,
pipes, files of any size, names and bytes of any kind.
"""
