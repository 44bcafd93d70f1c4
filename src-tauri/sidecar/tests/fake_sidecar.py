"""Speaks the sidecar's side of the protocol and misbehaves in the way its arguments name."""

import json
import os
import signal
import socket
import sys
import time


def say(event: str, **fields: object) -> None:
    print(json.dumps({"v": 1, "event": event, **fields}), flush=True)


def ready() -> None:
    say("ready", port=8765, pid=os.getpid(), enter="/enter/once/")


def serve_until_closed() -> None:
    for line in sys.stdin:
        # Told back on standard error, where the test reads it from the log.
        say("notify", title="heard", body=line)


behaviour = sys.argv[1]
if len(sys.argv) > 2:
    # Held open for as long as this process lives: its end is end-of-file for the test.
    life = socket.socket(socket.AF_UNIX)
    life.connect(sys.argv[2])
    life.sendall(f"{behaviour} {os.getpid()}\n".encode())

if behaviour == "crash-at-start":
    sys.exit("no such table: nothing works")

greeting = json.loads(sys.stdin.readline())
assert greeting["v"] == 1, greeting

match behaviour:
    case "well-behaved":
        say("progress", stage="migrate", text="Preparing the data")
        ready()
        say("notify", title="greeting", body=json.dumps(greeting["hello"]["open"]))
        serve_until_closed()
    case "hangs-at-start":
        serve_until_closed()
    case "slow-but-talks":
        for number in range(6):
            time.sleep(0.2)
            say("progress", stage="migrate", text=f"Step {number}")
        ready()
        serve_until_closed()
    case "junk":
        print("Warning: this is no message")
        print("\xff\x00[]")
        print('{"v": 1, "event": "unheard-of"}')
        print('{"v": 1, "event": "ready"}')
        print('{"v": 9, "event": "focus"}')
        print("x" * 5_000_000)
        sys.stderr.write("y" * 5_000_000 + "\n")
        ready()
        serve_until_closed()
    case "fatal":
        say("fatal", code="bad_option", text="The timeout is not a number.", hint="Unset it.")
        sys.exit(3)
    case "fatal-but-stays":
        say("fatal", code="bad_option", text="The timeout is not a number.", hint="Unset it.")
        time.sleep(600)
    case "dies-later":
        ready()
        os.kill(os.getpid(), signal.SIGKILL)
    case "ignores-the-end":
        ready()
        serve_until_closed()
        time.sleep(600)
    case "ignores-everything":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        ready()
        serve_until_closed()
        while True:
            time.sleep(600)
    case "tells-its-environment":
        ready()
        say("notify", title="environment", body=json.dumps(sorted(os.environ)))
        serve_until_closed()
    case "floods-when-stopped":
        ready()
        for _ in sys.stdin:
            pass
        for number in range(20_000):
            say("notify", title="flood", body=str(number))
    case other:
        sys.exit(f"unknown behaviour {other}")
