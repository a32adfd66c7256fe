"""Writes the photographs of the sample worlds, scaled down, from the packages that they come from.

    python tools/photographs/photographs.py SOURCES numclip-core/src/main/resources/io/numclip/sample/photograph

sources.csv names for each file its source, the revision, the path there and the SHA-256 of what must lie there. SOURCES is a
folder with one folder for each source:

    budgie-backgrounds    git clone https://github.com/BuddiesOfBudgie/budgie-backgrounds, and in it
                          git fetch origin refs/pull/12/head refs/pull/50/head
    elementary-wallpapers git clone https://github.com/elementary/wallpapers
    pop-wallpapers        git clone https://github.com/pop-os/wallpapers, and in it git fetch origin refs/pull/10/head
    immich-test-assets    git clone https://github.com/immich-app/test-assets
    nextcloud-examples    git clone https://github.com/nextcloud/example-files
    lomiri-wallpapers     dpkg-deb -x lomiri-wallpapers-16.04_20.04.0-2_all.deb lomiri-wallpapers
    gcompris              dpkg-deb -x gcompris-qt-data_3.1-2_all.deb gcompris
    scikit-learn          unzip scikit_learn-1.7.2-*.whl -d scikit-learn

Made with Pillow 13.0.0. Another version may scale to other pixels; tests never run this script. PHOTOGRAPHS.md
names authors and licences; the photographs that are not in sources.csv were made before this script.
"""

import csv
import hashlib
import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

SHORTER_SIDE = 112
WIDEST = 16 / 9
TALLEST = 4 / 3


def content(folder, row):
    """The bytes of a file of a clone, of a folder, or of a Qt resource file in a folder (FILE.rcc:/END/OF/PATH)."""
    path = row["path"]
    if (folder / ".git").exists() or (folder / "HEAD").exists():
        return subprocess.run(
            ["git", "-C", folder, "show", f"{row['revision']}:{path}"], check=True, capture_output=True
        ).stdout
    file, _, member = path.partition(":")
    data = (folder / file).read_bytes()
    return resource(data, member) if member else data


def resource(data, end):
    """The file whose path ends so in a Qt resource file (.rcc)."""
    _, version, tree, blobs, names = struct.unpack(">4sIIII", data[:20])
    node_size = 14 if version == 1 else 22

    def name(offset):
        length = struct.unpack_from(">H", data, names + offset)[0]
        return data[names + offset + 6 : names + offset + 6 + 2 * length].decode("utf-16-be")

    def find(node, path):
        at = tree + node * node_size
        offset, flags = struct.unpack_from(">IH", data, at)
        path = f"{path}/{name(offset)}" if node else ""
        if flags & 2:
            count, first = struct.unpack_from(">II", data, at + 6)
            return next(filter(None, (find(child, path) for child in range(first, first + count))), None)
        if not path.endswith(end):
            return None
        start = blobs + struct.unpack_from(">I", data, at + 10)[0]
        blob = data[start + 4 : start + 4 + struct.unpack_from(">I", data, start)[0]]
        return zlib.decompress(blob[4:]) if flags & 1 else blob

    return find(0, "")


def opened(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    profile = image.info.get("icc_profile")
    if profile:
        image = ImageCms.profileToProfile(image.convert("RGB"), io.BytesIO(profile), ImageCms.createProfile("sRGB"))
    return image.convert("RGB")


def cut(image, box):
    """The part that the box names, as shares of width and height, or the middle of a very wide or tall picture."""
    width, height = image.size
    if box:
        left, top, right, bottom = (float(share) for share in box.split())
        return image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))
    wide, tall = min(width, round(height * WIDEST)), min(height, round(width * TALLEST))
    left, top = (width - wide) // 2, (height - tall) // 2
    return image.crop((left, top, left + wide, top + tall))


def scaled(image):
    factor = SHORTER_SIDE / min(image.size)
    return image.resize([max(SHORTER_SIDE, round(side * factor)) for side in image.size], Image.Resampling.LANCZOS)


def main(sources, target):
    Image.MAX_IMAGE_PIXELS = None
    with open(Path(__file__).with_name("sources.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        data = content(Path(sources) / row["source"], row)
        found = hashlib.sha256(data).hexdigest()
        if found != row["sha256"]:
            sys.exit(f"{row['file']}: expected {row['source']} {row['path']} with SHA-256 {row['sha256']}; found {found}")
        scaled(cut(opened(data), row["box"])).save(Path(target) / row["file"], optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
