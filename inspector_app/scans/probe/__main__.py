# Any Python must be able to read this file, to be told that it is too old for the rest of them.
from __future__ import annotations

import sys

OLDEST = (3, 8)

if sys.version_info >= OLDEST:
    import importlib

    importlib.import_module("djdesk_probe.run").main()
else:
    import json

    with open(sys.argv[1], "w") as channel:
        channel.write(json.dumps({"too_old": "%d.%d.%d" % sys.version_info[:3]}) + "\n")
    sys.exit("Python %d.%d is too old: at least 3.8 is needed." % sys.version_info[:2])
