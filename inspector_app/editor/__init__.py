"""The user's own editor: which one there is, and showing a line of a file in it.

An editor is started directly, with a list of arguments that no shell ever sees: names of files come
from a project that nobody vouches for.
"""

from __future__ import annotations
