"""Makes the pictures of README.md: the head of a report, and an answer of the page that the server has.

    python tools/pictures/readme.py docs/pictures

Trains the recipe of age with a frozen image tower, half a minute, and photographs what a browser shows. Needs Python 3.10 with
pillow, Chromium with its chromedriver, and the project built.
"""
import base64
import contextlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUMCLIP = "./numclip"
WIDTH = 930  # four figures side by side
DRIVER = "http://127.0.0.1:9517"
SERVER = "http://127.0.0.1:8517"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of the WebDriver standard


def post(path: str, body: dict):
    request = urllib.request.Request(DRIVER + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))["value"]


def waited(action):
    for _ in range(300):
        with contextlib.suppress(urllib.error.URLError, ConnectionError, KeyError):
            return action()
        time.sleep(0.2)
    return action()


class Browser:
    def __init__(self, width: int):
        options = {"args": ["--headless=new", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},2400"]}
        session = post("/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.path = f"/session/{session['sessionId']}"

    def open(self, address: str) -> None:
        post(self.path + "/url", {"url": address})

    def find(self, css: str) -> str:
        return f"{self.path}/element/{post(self.path + '/element', {'using': 'css selector', 'value': css})[ELEMENT]}"

    def photograph(self, css: str, file: pathlib.Path) -> None:
        found = waited(lambda: self.find(css))
        post(self.path + "/execute/sync", {"script": f"document.querySelector('{css}').style.padding = '1.2rem'", "args": []})
        time.sleep(1)  # until the page has said what it shows
        shown = json.load(urllib.request.urlopen(DRIVER + found + "/screenshot"))["value"]
        image = Image.open(io.BytesIO(base64.b64decode(shown))).convert("RGB")
        image.quantize(128).save(file, optimize=True)
        print(f"{file}: {image.width} x {image.height}, {file.stat().st_size // 1024} KiB")

    def close(self) -> None:
        urllib.request.urlopen(urllib.request.Request(DRIVER + self.path, method="DELETE"))


@contextlib.contextmanager
def running(*command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def main(out: pathlib.Path, width: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running("chromedriver", "--port=9517"):
        run = f"{folder}/age"
        subprocess.run([NUMCLIP, "train", "age", "--frozen", "--within", "5", "--quiet", "--out", run,
                        "--set", "task.data.samples={train: 2000, validation: 400, test: 400}"], check=True,
                       stdout=subprocess.DEVNULL, cwd=ROOT)
        browser = waited(lambda: Browser(width))
        browser.open(f"file://{run}/report.html")
        browser.photograph("header", out / "report.png")
        with running(NUMCLIP, "serve", run, "--port", "8517"):
            waited(lambda: urllib.request.urlopen(SERVER))
            browser.open(SERVER)
            post(waited(lambda: browser.find("[data-example='portrait-58-years.png']")) + "/click", {})
            waited(lambda: browser.find(".card .value-text"))
            browser.photograph("#results", out / "page.png")
        browser.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else WIDTH)
