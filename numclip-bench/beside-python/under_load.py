#!/usr/bin/env python3
"""Starts a server, sends it the images of a folder from several clients at once, and prints how it did, as lines for scripts.

Usage: under_load.py --port N --ready /v2/health/ready --images FOLDER -- COMMAND...
Needs vegeta, a public load tool (Go: github.com/tsenart/vegeta/v12), on the PATH. Sends to 127.0.0.1 only.
"""
import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

WARM_UP = 5
START = 180


def parsed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ready", required=True, help="path that answers 200 when the server is ready")
    parser.add_argument("--path", default="/v1/predict")
    parser.add_argument("--images", required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0, help="requests a second, whatever the answers; 0: as fast as the clients get answers")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def wait(server, url):
    end = time.monotonic() + START
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit(f"error: the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    sys.exit(f"error: the server was not ready after {START} s")


def attack(arguments, targets, seconds):
    rate = ["-rate=0", f"-max-workers={arguments.clients}"] if arguments.rate == 0 else [f"-rate={round(arguments.rate * 60)}/1m"]
    results = subprocess.run(["vegeta", "attack", f"-targets={targets}", f"-duration={seconds}s", "-timeout=60s",
                              f"-workers={arguments.clients}", *rate], check=True, capture_output=True).stdout
    return json.loads(subprocess.run(["vegeta", "report", "-type=json"], input=results, check=True, capture_output=True).stdout)


def peak(pid):
    """MiB of the largest process of a family."""
    with open(f"/proc/{pid}/status") as lines:
        own = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max([own, *map(peak, children)])


def main():
    arguments = parsed()
    url = f"http://127.0.0.1:{arguments.port}"
    server = subprocess.Popen(arguments.command, stdout=sys.stderr, start_new_session=True)
    try:
        wait(server, url + arguments.ready)
        with tempfile.NamedTemporaryFile("w") as targets:
            for image in sorted(Path(arguments.images).resolve().glob("*.jpg")):
                targets.write(f"POST {url}{arguments.path}\nContent-Type: image/jpeg\n@{image}\n\n")
            targets.flush()
            attack(arguments, targets.name, WARM_UP)
            report = attack(arguments, targets.name, arguments.seconds)
        memory = peak(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    latencies = report["latencies"]
    print(f"requests {report['requests']}")
    print(f"images-per-second {report['throughput']:.2f}")  # of answers with 200
    for name in ("50th", "99th", "max"):
        print(f"ms-{name} {latencies[name] / 1e6:.1f}")
    print("codes " + ",".join(f"{code}:{count}" for code, count in sorted(report["status_codes"].items())))
    print(f"refused {report['requests'] - report['status_codes'].get('200', 0)}")
    print(f"memory-mib {memory:.0f}")


if __name__ == "__main__":
    main()
