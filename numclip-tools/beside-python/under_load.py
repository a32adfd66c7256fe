#!/usr/bin/env python3
"""Starts a server, sends it the images of a folder from several clients at once, and prints how it did, as lines for scripts.

Usage: under_load.py --port N --ready /v2/health/ready --images FOLDER -- COMMAND...

Without --rate, each client sends the next request when the last is answered. With it, that many are sent a second, whatever the answers.
With --bad, each request is written in another of our server's forms, and that share of them is wrong in one of several ways.

Needs vegeta, a public load tool (Go: github.com/tsenart/vegeta/v12), on the PATH. Sends to 127.0.0.1 only.
"""
import argparse
import base64
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

WARM_UP = 5
START = 180
JSON = {"Content-Type": ["application/json"]}
JPEG = {"Content-Type": ["image/jpeg"]}
BOUNDARY = "numclip-load"
WRONG = "?wrong=yes"


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ready", required=True, help="path that answers 200 when the server is ready")
    parser.add_argument("--path", default="/v1/predict")
    parser.add_argument("--images", required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--bad", type=float, default=0)
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


# What is sent.


def requests(images, url, path, bad):
    """One request for each image, as (path, headers, body); of a hundred, as many are wrong as asked."""
    model = first_model(url) if bad else None
    for number, image in enumerate(images):
        if int((number + 1) * bad) > int(number * bad):
            yield wrong(image, path, int(number * bad))
        elif bad:
            yield right(image, path, model, number)
        else:
            yield path, JPEG, image


def first_model(url):
    with urllib.request.urlopen(url + "/v1/models") as answer:
        return json.load(answer)["models"][0]["name"]


def right(image, path, model, number):
    text = base64.b64encode(image).decode()
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'.encode()
    forms = [
        (path, JPEG, image),
        (path, JSON, json.dumps({"images": [{"name": "a", "data": text}]}).encode()),
        (path, {"Content-Type": [f"multipart/form-data; boundary={BOUNDARY}"]}, part + image + f"\r\n--{BOUNDARY}--\r\n".encode()),
        (f"/v2/models/{model}/infer", JSON, json.dumps(
            {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": [text]}]}).encode()),
    ]
    return forms[number % len(forms)]


def wrong(image, path, number):
    kinds = [
        (path, JPEG, b"this is no image"),
        (path, JPEG, image[:len(image) // 2]),
        (path, JSON, b'{"images": ['),
        (path + "?model=nobody", JPEG, image),
        (path, {"Content-Type": ["video/mp4"]}, image),
        (path, JPEG, b""),
        ("/v2/models/nobody/infer", JSON, b"{}"),
    ]
    path, headers, body = kinds[number % len(kinds)]
    return path + (WRONG if "?" not in path else WRONG.replace("?", "&")), headers, body


def written(file, url, all_requests):
    for path, headers, body in all_requests:
        file.write(json.dumps({"method": "POST", "url": url + path, "header": headers, "body": base64.b64encode(body).decode()}) + "\n")
    file.flush()


# What comes back.


def attack(arguments, targets, seconds):
    """Each answer as (status, milliseconds, whether the request was wrong, whether it says when to come again); and how long it took."""
    rate = ["-rate=0", f"-max-workers={arguments.clients}"] if arguments.rate == 0 else [f"-rate={round(arguments.rate * 60)}/1m"]
    command = ["vegeta", "attack", f"-targets={targets}", "-format=json", f"-duration={seconds}s", "-timeout=60s", "-max-body=0",
               f"-workers={arguments.clients}", *rate]
    with tempfile.NamedTemporaryFile() as results:
        began = time.monotonic()
        subprocess.run(command, check=True, stdout=results)
        took = time.monotonic() - began
        encoded = subprocess.run(["vegeta", "encode", "-to=json", results.name], check=True, capture_output=True, text=True).stdout
    return [answer(json.loads(line)) for line in encoded.splitlines()], took


def answer(result):
    if result["code"] == 0:
        print(f"no answer: {result['url']}: {result['error']}", file=sys.stderr)
    return (result["code"], result["latency"] / 1e6, WRONG[1:] in result["url"], "Retry-After" in (result.get("headers") or {}))


def resident(pid, field="VmRSS"):
    """MiB of the largest process of a family."""
    with open(f"/proc/{pid}/status") as lines:
        own = next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max([own, *(resident(child, field) for child in children)])


def watch(pid, every, seen, end):
    while not end.wait(every):
        seen.append(resident(pid))


def watched_attack(arguments, targets, pid):
    memory, end = [], threading.Event()
    watcher = threading.Thread(target=watch, args=(pid, max(1, arguments.seconds / 100), memory, end))
    watcher.start()
    try:
        return *attack(arguments, targets, arguments.seconds), memory
    finally:
        end.set()
        watcher.join()


def percentiles(name, milliseconds):
    if len(milliseconds) > 1:
        cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
        print(f"ms-50th{name} {cuts[49]:.1f}\nms-99th{name} {cuts[98]:.1f}\nms-max{name} {max(milliseconds):.1f}")


def told(answers, seconds, memory):
    good = [took for code, took, _, _ in answers if code == 200]
    print(f"requests {len(answers)}")
    print(f"images-per-second {len(good) / seconds:.2f}")
    percentiles("", good)
    codes = sorted({code for code, *_ in answers})
    print("codes " + ",".join(f"{code}:{sum(code == other for other, *_ in answers)}" for code in codes))
    print(f"refused {len(answers) - len(good)}")
    percentiles("-of-503", [took for code, took, _, _ in answers if code == 503])
    print(f"503-without-retry-after {sum(code == 503 and not again for code, _, _, again in answers)}")
    print(f"wrong-requests {sum(wrong for _, _, wrong, _ in answers)}")
    expected = sum(code == 503 or (400 <= code < 500 if wrong else code == 200) for code, _, wrong, _ in answers)
    print(f"unexpected {len(answers) - expected}")
    tenths = [statistics.median(memory[len(memory) * i // 10:len(memory) * (i + 1) // 10] or [0]) for i in range(10)]
    print("memory-mib-by-tenths " + ",".join(f"{mib:.0f}" for mib in tenths))


def main():
    arguments = parsed()
    url = f"http://127.0.0.1:{arguments.port}"
    images = [file.read_bytes() for file in sorted(Path(arguments.images).resolve().glob("*.jpg"))]
    server = subprocess.Popen(arguments.command, stdout=sys.stderr, start_new_session=True)
    try:
        wait(server, url + arguments.ready)
        with tempfile.NamedTemporaryFile("w") as targets:
            written(targets, url, requests(images, url, arguments.path, arguments.bad))
            attack(arguments, targets.name, WARM_UP)
            answers, seconds, memory = watched_attack(arguments, targets.name, server.pid)
        peak = resident(server.pid, "VmHWM")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    told(answers, seconds, memory)
    print(f"memory-mib {peak:.0f}")


if __name__ == "__main__":
    main()
