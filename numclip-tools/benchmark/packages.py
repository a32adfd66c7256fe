"""Fetches the packages of packages.csv, by name and version, through npm and pip, and refuses what has another SHA-256."""
import csv
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass

LIST = pathlib.Path(__file__).with_name("packages.csv")


@dataclass(frozen=True)
class Package:
    registry: str
    name: str
    version: str
    sha256: str
    licence: str
    sets: str

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"


def listed(of_set: str) -> list[Package]:
    with LIST.open(encoding="utf-8") as file:
        return [package for row in csv.DictReader(file) if of_set in (package := Package(**row)).sets.split()]


class Archives:
    """The packages in a folder, each fetched when it is first read."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def of(self, package: Package) -> dict[str, bytes]:
        """The content of its files by their path in the archive."""
        file = self.fetched(package)
        if file.suffix == ".whl":
            with zipfile.ZipFile(file) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        with tarfile.open(file) as archive:
            return {each.name: archive.extractfile(each).read() for each in archive if each.isfile()}

    def fetched(self, package: Package) -> pathlib.Path:
        home = self.folder / f"{package.name.replace('/', '+')}-{package.version}"
        if not home.exists():
            part = home.with_name(home.name + ".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            subprocess.run(command(package, part), check=True, stdout=subprocess.DEVNULL)
            part.rename(home)
        file = next(home.iterdir())
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != package.sha256:
            sys.exit(f"{package.title} is not what it was: {file} has the SHA-256\n  {found}, expected\n  {package.sha256}\n"
                     f"Remove {home} and try again; if it stays so, the registry has another file under this version.")
        return file


def command(package: Package, folder: pathlib.Path) -> list:
    exact = f"{package.name}@{package.version}" if package.registry == "npm" else f"{package.name}=={package.version}"
    return (["npm", "pack", exact, "--silent", "--pack-destination", folder] if package.registry == "npm" else
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, exact])


def icons(files: dict[str, bytes]) -> dict:
    """Of an Iconify package: its icons as SVG text by their name."""
    known = json.loads(files["package/icons.json"])
    width, height = known.get("width", 16), known.get("height", 16)
    return {name: drawing(icon, icon.get("width", width), icon.get("height", height)) for name, icon in known["icons"].items()}


def drawing(icon: dict, width: float, height: float) -> str:
    box = f"{icon.get('left', 0)} {icon.get('top', 0)} {width} {height}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{icon["body"].replace("currentColor", "black")}</svg>'
