"""Fetches free pictures with words, for `./numclip pretrain --pictures OUT/pictures.csv`.

Usage: python tools/pictures/fetch.py OUT [SOURCE ...]     (all sources if none is named; --list shows them)

Needs Python 3.10 with pillow and fonttools (tried: 13.0, 4.68), node and npm, and for clip art, stamps and fonts a Debian 12
with apt-get and dpkg-deb. Packages come by name and version from the registries that npm and apt are set up for; nothing is
installed on the system. About 250 MB are downloaded; unpacked, in OUT/packages, they
take 740 MB and are kept.

OUT/pictures.csv has the pictures to train on and OUT/held-out.csv those of the vendor that is never trained on (Noto), with
columns image, caption, source, licence and heldOut. Captions of a picture are separated by '|'. Pictures are PNG, at most 96
pixels wide and high, with alpha where they are transparent. At the end the sources are printed as a table for a model card.
"""
import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tarfile
import unicodedata
from dataclasses import dataclass
from typing import Callable, Iterator

SIDE = 96
LARGEST_SVG = 400_000  # bytes; larger ones are scenes that take seconds to render
MOST_CAPTIONS = 12
COLUMNS = ["image", "caption", "source", "licence", "heldOut"]
RENDERER = ("@resvg/resvg-js", "2.6.2")
WORDS = [("emojibase-data", "17.0.0"), ("cldr-annotations-full", "48.2.0")]
FREE = {"MIT", "Apache-2.0", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-4.0"}
VARIATION = "\ufe0f"
TONES = re.compile(r"(-(medium-)?(light|dark)|-medium)(-skin-tone)?$")


@dataclass(frozen=True)
class Picture:
    """A picture before it is written: SVG text, or anything that Pillow has opened."""

    name: str
    captions: list[str]
    content: object


@dataclass(frozen=True)
class Source:
    """A package and how its pictures are read. `words` says what they are: 'an emoji', 'a clip art'."""

    name: str
    package: str
    version: str
    words: str
    read: Callable
    licence: str = ""
    held_out: bool = False


# Packages

def npm(folder: pathlib.Path, name: str, version: str) -> pathlib.Path:
    """The unpacked package."""
    target = folder / f"{name.replace('/', '+')}-{version}"
    if not target.exists():
        packed = subprocess.run(["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", folder],
                                check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(folder / packed) as archive:
            archive.extractall(target, filter="data")
        (folder / packed).unlink()
    return next(each for each in target.iterdir() if each.is_dir())


def debian(folder: pathlib.Path, name: str, version: str) -> pathlib.Path:
    """The root of the unpacked package."""
    target = folder / f"{name}-{version.replace(':', '_')}"
    if not target.exists():
        subprocess.run(["apt-get", "download", "-qq", f"{name}={version}"], check=True, cwd=folder)
        archive = next(folder.glob(f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        archive.unlink()
    return target


# Words

def plain(text: str) -> str:
    """Lower case, without what the list uses as a separator."""
    return re.sub(r"\s+", " ", re.sub(r"[|_]", " ", text)).strip(" .:;,-").lower()


def article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def captions(name: str, keywords: list[str], what: str) -> list[str]:
    """The name several times, with and without what kind of picture it is, and the keywords, alone and together."""
    name = plain(name)
    keys = [key for key in dict.fromkeys(plain(word) for word in keywords) if key and key != name][:20]
    found = [name, f"{what} of {article(name)}", f"a picture of {article(name)}", name]
    if keys:
        found += [f"{name}: {', '.join(keys[:6])}", ", ".join(keys[:8])]
    found += [f"a picture of {article(key)}" if i % 2 else f"{name}, {key}" for i, key in enumerate(keys)]
    return found[:MOST_CAPTIONS]


class EmojiWords:
    """Names and keywords of emoji, by their characters without variation selectors."""

    def __init__(self, packages: pathlib.Path):
        data = json.loads((npm(packages, *WORDS[0]) / "en/data.json").read_text())
        cldr = json.loads((npm(packages, *WORDS[1]) / "annotations/en/annotations.json").read_text())
        self.names, self.keywords = {}, {}
        for emoji in data:
            for each in [emoji, *emoji.get("skins", [])]:
                character = each["emoji"].replace(VARIATION, "")
                self.names[character] = each["label"]
                self.keywords[character] = emoji.get("tags", [])
        for character, words in cldr["annotations"]["annotations"].items():
            self.keywords.setdefault(character, [])
            self.keywords[character] = list(dict.fromkeys(words.get("default", []) + self.keywords[character]))
            self.names.setdefault(character, words.get("tts", [""])[0])

        self.characters = {slug(name): character for character, name in self.names.items()}

    def of(self, code: str, name: str) -> tuple[str, list[str]]:
        """Name and keywords of an emoji, by its code or, where a set has none, by its name without skin tones."""
        character = "".join(chr(int(point, 16)) for point in code.split("-") if code).replace(VARIATION, "")
        if character not in self.names:
            character = self.characters.get(slug(name)) or self.characters.get(slug(TONES.sub("", name)), "")
            return name.replace("-", " "), self.keywords.get(character, [])
        return self.names[character], self.keywords[character]


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


# Readers of packages; each gives pictures and says the licence

def iconify(source: Source, packages: pathlib.Path, words: EmojiWords) -> Iterator[Picture]:
    """An icon set as one JSON of SVG bodies; emoji sets say the characters, the others have words in their names."""
    root = npm(packages, source.package, source.version)
    icons = json.loads((root / "icons.json").read_text())
    codes = root / "chars.json"
    by_name = {}
    for code, name in (json.loads(codes.read_text()) if codes.exists() else {}).items():
        by_name.setdefault(name, code)
    for name, icon in icons["icons"].items():
        if icon.get("hidden") or (by_name and name not in by_name):
            continue  # a part of an emoji, or one that was replaced
        is_emoji = source.words == "an emoji"
        label, keywords = words.of(by_name.get(name, ""), name) if is_emoji else (name.replace("-", " "), [])
        yield Picture(name, captions(label, keywords, source.words), svg(icons, icon))


def svg(icons: dict, icon: dict) -> str:
    left, top, width, height = (icon.get(key, icons.get(key, default))
                                for key, default in (("left", 0), ("top", 0), ("width", 16), ("height", 16)))
    return ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{width}" height="{height}" viewBox="{left} {top} {width} {height}" color="#000">{icon["body"]}</svg>')


def openclipart(source: Source, packages: pathlib.Path, _) -> Iterator[Picture]:
    """SVG files with title, keywords and a folder that is a category."""
    root = debian(packages, source.package, source.version) / "usr/share/openclipart/svg"
    for file in sorted(root.rglob("*.svg")):
        if file.stat().st_size > LARGEST_SVG:
            continue
        text = file.read_text(errors="replace")
        title = first(r"<dc:title[^>]*>(?:Clipart by [^<-]*-)?([^<]*)<", text)  # the later ones are those of people
        if not 3 <= len(title.strip()) <= 80:
            title = re.sub(r"[-_0-9]+", " ", file.stem)
        keywords = re.findall(r"<rdf:li>([^<]{2,30})</rdf:li>", text) + list(file.relative_to(root).parts[-2::-1])
        name = "+".join(file.relative_to(root).with_suffix("").parts)
        if len(plain(title)) > 2:
            yield Picture(name, captions(title, [key.replace("_", " ") for key in keywords], source.words), named(text))


def named(drawing: str) -> str:
    """With the name spaces that some files leave out."""
    for attribute, space in (("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink")):
        if not re.search(rf"<svg\b[^>]*\s{attribute}=", drawing):
            drawing = re.sub(r"<svg\b", f'<svg {attribute}="{space}"', drawing, count=1)
    return drawing


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found.group(1) if found else ""


def stamps(source: Source, packages: pathlib.Path, _) -> Iterator[Picture]:
    """Photographs and drawings, each with a sentence in a text file beside it."""
    from PIL import Image
    root = debian(packages, source.package, source.version) / "usr/share/tuxpaint/stamps"
    for file in sorted([*root.rglob("*.png"), *root.rglob("*.svg")]):
        text = file.with_suffix(".txt")
        if not text.exists() or file.stem.endswith("_mirror") or (
                file.suffix == ".svg" and file.stat().st_size > LARGEST_SVG):
            continue
        title = text.read_text(errors="replace").split("\n")[0]
        parts = file.relative_to(root).parts[:-1]
        name = "+".join(file.relative_to(root).with_suffix("").parts)
        content = Image.open(file) if file.suffix == ".png" else file.read_text(errors="replace")
        yield Picture(name, captions(title, list(parts[::-1]), source.words), content)


def glyphs(source: Source, packages: pathlib.Path, _) -> Iterator[Picture]:
    """Digits and some letters and signs of each font, black on nothing, named as in Unicode."""
    from fontTools.ttLib import TTFont, TTLibError
    root = debian(packages, source.package, source.version) / "usr/share/fonts"
    chance = random.Random(source.name)
    letters = [chr(c) for c in [*range(65, 91), *range(97, 123)]] + list("&!?+%#@*$€=<>/") + list("αβγδλπΩжяш")
    for file in sorted([*root.rglob("*.ttf"), *root.rglob("*.otf")]):
        try:
            known = TTFont(file, lazy=True).getBestCmap() or {}
        except (TTLibError, AssertionError):
            continue
        chosen = list("0123456789") + chance.sample(letters, 16)
        for character in chosen if ord("0") in known and ord("7") in known else []:
            image = glyph(file, character) if ord(character) in known else None
            if image is not None:
                name = unicodedata.name(character)
                short = plain(name).replace("latin ", "").replace(" letter", "")
                yield Picture(f"{file.stem}-{ord(character):04x}", captions(name, [short], source.words), image)


def glyph(file: pathlib.Path, character: str):
    """Centred, as high as the font draws it; None if nothing is drawn."""
    from PIL import Image, ImageDraw, ImageFont
    font = ImageFont.truetype(str(file), 80)
    left, top, right, bottom = font.getbbox(character)
    if right - left < 8 or bottom - top < 3 or max(right - left, bottom - top) > 300:
        return None
    side = max(right - left, bottom - top, 60) + 12
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(image).text(((side - right - left) / 2, (side - bottom - top) / 2), character, "black", font)
    return image


def emoji(name: str, version: str, held_out: bool = False) -> Source:
    return Source(name, f"@iconify-json/{name}", version, "an emoji", iconify, "", held_out)


def icon(name: str, version: str) -> Source:
    return Source(name, f"@iconify-json/{name}", version, "an icon", iconify)


def font(name: str, version: str, licence: str) -> Source:
    return Source(name, name, version, "a drawing", glyphs, licence)


# No other source has pictures of Noto, which is held out.
SOURCES = [
    emoji("openmoji", "1.2.29"),
    emoji("twemoji", "1.2.5"),
    emoji("fluent-emoji", "1.2.7"),
    emoji("fluent-emoji-flat", "1.2.6"),
    emoji("emojione", "1.2.3"),
    emoji("emojione-v1", "1.2.3"),
    emoji("fxemoji", "1.2.2"),
    emoji("noto", "1.2.9", held_out=True),
    emoji("noto-v1", "1.2.5", held_out=True),
    icon("game-icons", "1.2.4"),
    icon("maki", "1.2.5"),
    icon("meteocons", "1.2.4"),
    icon("flat-color-icons", "1.2.3"),
    icon("circle-flags", "1.2.11"),
    icon("healthicons", "1.2.13"),
    Source("openclipart", "openclipart-svg", "1:0.18+dfsg-19", "a clip art", openclipart, "public domain"),
    Source("stamps", "tuxpaint-stamps-default", "2022.06.04-1", "a picture", stamps, "GPL-2+"),
    font("fonts-aenigma", "0.0.20080511+dfsg-4", "free with attribution (its copyright file)"),
    font("fonts-freefont-ttf", "20120503-10", "GPL-3+ with font exception"),
    font("fonts-liberation", "1:1.07.4-11", "GPL-2 with font exception"),
    font("fonts-dejavu-core", "2.37-6", "Bitstream Vera"),
    font("fonts-breip", "1:0.5.1-3", "OFL-1.0"),
    font("fonts-bwht", "0.1-3", "OFL-1.1"),
    font("fonts-dkg-handwriting", "0.17-1", "OFL-1.1"),
    font("fonts-ecolier-court", "1.00-6", "OFL-1.1"),
    font("fonts-rufscript", "010-6", "GPL-3 with font exception"),
]


# Writing

def fits(image):
    """RGBA or RGB, at most SIDE wide and high."""
    from PIL import Image
    transparent = image.mode in ("RGBA", "LA") or "transparency" in image.info
    image = image.convert("RGBA" if transparent else "RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return image


def write(source: Source, pictures: Iterator[Picture], out: pathlib.Path, renderer: pathlib.Path) -> list[list[str]]:
    """Writes the image files, and gives the rows of those that could be rendered."""
    folder = out / source.name
    folder.mkdir(parents=True, exist_ok=True)
    rows, drawings = [], []
    for picture in pictures:
        file = folder / f"{picture.name}.png"
        rows.append([f"{source.name}/{file.name}", "|".join(picture.captions)])
        if file.exists():
            continue
        if isinstance(picture.content, str):
            drawings.append(json.dumps({"file": str(file), "svg": picture.content}))
        else:
            fits(picture.content).save(file)
    if drawings:
        render(drawings, renderer)
    return [row for row in rows if (out / row[0]).exists()]


def render(drawings: list[str], renderer: pathlib.Path) -> None:
    """An SVG and its file in each drawing, a JSON. One that ends the renderer is told and left out, like others that fail."""
    script = pathlib.Path(__file__).with_name("render.mjs")
    start = 0
    while start < len(drawings):
        ended = subprocess.run(["node", script, renderer, str(SIDE)], input="\n".join(drawings[start:]),
                               stdout=subprocess.PIPE, stderr=None, text=True)
        start += ended.stdout.count("\n")
        if ended.returncode:
            print(f"left out: {json.loads(drawings[start])['file']}: the renderer ended", file=sys.stderr)
            start += 1


def renderer(packages: pathlib.Path) -> pathlib.Path:
    target = packages / "renderer"
    if not (target / "node_modules").exists():
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", target, "@".join(RENDERER)],
                       check=True)
    return target / "node_modules" / RENDERER[0] / "index.js"


def licence(source: Source, packages: pathlib.Path) -> str:
    if source.licence:
        return source.licence
    info = json.loads((npm(packages, source.package, source.version) / "info.json").read_text())
    found = info["license"]["spdx"]
    if found not in FREE:
        sys.exit(f"error: {source.package} {source.version} has the licence {found}, which is not in {sorted(FREE)}")
    return found


def table(counts: list[tuple[Source, str, int]]) -> str:
    lines = ["| source | package | version | licence | pictures |", "|---|---|---|---|---|"]
    for source, terms, count in counts:
        held = " (held out)" if source.held_out else ""
        lines.append(f"| {source.name}{held} | {source.package} | {source.version} | {terms} | {count} |")
    return "\n".join(lines)


def save(file: pathlib.Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")


def main(out: pathlib.Path, wanted: list[str]) -> None:
    unknown = set(wanted) - {source.name for source in SOURCES}
    if unknown:
        sys.exit(f"error: no source {sorted(unknown)}; --list shows them")
    packages = out / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    engine, words = renderer(packages), EmojiWords(packages)
    rows, counts = {False: [], True: []}, []
    for source in [each for each in SOURCES if not wanted or each.name in wanted]:
        terms = licence(source, packages)
        found = write(source, source.read(source, packages, words), out, engine)
        held = "yes" if source.held_out else "no"
        rows[source.held_out] += [[*row, f"{source.package}@{source.version}", terms, held] for row in found]
        counts.append((source, terms, len(found)))
        print(f"{source.name}: {len(found)}", file=sys.stderr, flush=True)
    save(out / "pictures.csv", rows[False])
    save(out / "held-out.csv", rows[True])
    print(table(counts))


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(source.name for source in SOURCES))
    elif len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    else:
        main(pathlib.Path(sys.argv[1]).absolute(), sys.argv[2:])
