"""Writes the first inputs of the fuzz targets in numclip-reliability: small files of each kind, good and almost good.

Run from the root of the project: python3 tools/fuzz_seeds.py. What fuzzing itself finds is added by hand beside them.
"""

import io
import json
import pathlib
import struct
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "numclip-reliability/src/test/resources/io/numclip"
TINY = ROOT / "numclip-clip-tiny/src/main/resources/numclip/clip-tiny"
CONTAINERS = ROOT / "numclip-core/src/test/resources/parity/containers"
IMAGES = ROOT / "numclip-core/src/test/resources/golden/images"


def seed(target, name, content):
    folder = TARGET / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def safetensors(header, data):
    text = json.dumps(header).encode() if isinstance(header, dict) else header
    return struct.pack("<Q", len(text)) + text + data


def archive(entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def weights():
    target = "storage/SafetensorsFuzzTestInputs/safetensors"
    entry = {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}
    half = {"dtype": "F16", "shape": [3], "data_offsets": [16, 22]}
    seed(target, "good", safetensors({"__metadata__": {"format": "pt"}, "a": entry, "b": half}, bytes(22)))
    seed(target, "empty", safetensors({}, b""))
    seed(target, "scalar", safetensors({"a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}, bytes(4)))
    seed(target, "twice", safetensors(b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},'
                                      b'"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)))
    product = [4194305, 4194305, 211106198978564]
    seed(target, "overflow", safetensors({"a": {"dtype": "F32", "shape": product, "data_offsets": [0, 4]}}, bytes(4)))
    seed(target, "gap", safetensors({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}, bytes(8)))
    seed(target, "deep", safetensors(b"[" * 20000, b""))
    seed(target, "long", struct.pack("<Q", 2**63 - 1) + b"{}")


def model():
    seed("clip/directory/ModelFilesFuzzTestInputs/config", "tiny", (TINY / "config.json").read_bytes())
    seed("clip/directory/ModelFilesFuzzTestInputs/preprocessor", "tiny", (TINY / "preprocessor_config.json").read_bytes())
    relatives = ROOT / "numclip-core/src/test/resources/golden/backbones"
    seed("clip/directory/ModelFilesFuzzTestInputs/config", "siglip", (relatives / "siglip/config.json").read_bytes())
    for name in ("open-clip-custom", "open-clip-pe-core", "open-clip-siglip2"):
        config = (relatives / name / "open_clip_config.json").read_bytes()
        seed("clip/directory/ModelFilesFuzzTestInputs/openClip", name, config)
    seed("clip/directory/ModelFilesFuzzTestInputs/index", "two", json.dumps(
        {"metadata": {"total_size": 8}, "weight_map": {"a": "a.safetensors", "b": "b.safetensors"}}))
    seed("clip/text/TokenizerFuzzTestInputs/sentencePieces", "siglip", (relatives / "siglip/spiece.model").read_bytes())
    for name in ("siglip2", "metaclip-2"):
        seed("clip/text/TokenizerFuzzTestInputs/tokenizer", name, (relatives / name / "tokenizer.json").read_bytes())
    tokenizer = json.loads((TINY / "tokenizer.json").read_text())
    vocabulary = sorted(tokenizer["model"]["vocab"].items(), key=lambda item: item[1])
    special = [token["content"] for token in tokenizer["added_tokens"]]
    few = [token for token, _ in vocabulary if len(token.replace("</w>", "")) == 1]
    tokenizer["model"]["vocab"] = {token: i for i, token in enumerate([*few, *special])}
    tokenizer["model"]["merges"] = []
    for token in tokenizer["added_tokens"]:
        token["id"] = tokenizer["model"]["vocab"][token["content"]]
    text = json.dumps(tokenizer)
    for token in special:
        old = dict(vocabulary)[token]
        new = tokenizer["model"]["vocab"][token]
        text = text.replace(f'"{token}", {old}]', f'"{token}", {new}]').replace(f'"ids": [{old}]', f'"ids": [{new}]')
    seed("clip/text/TokenizerFuzzTestInputs/tokenizer", "small", text)


def lists():
    target = "dataset/ListFuzzTestInputs/csv"
    seed(target, "good", "image,value,split\na.png,3,train\na.png,4,validation\na.png,5,test\n")
    seed(target, "quoted", '\ufeff"image";"value"\r\n"a.png";"3,5"\r\n')
    seed(target, "outside", "image,value\n../a.png,3\n/etc/passwd,4\na.png,NaN\na.png,1e999\n")
    seed("dataset/ListFuzzTestInputs/json", "good", '{"a": [1, 2.5e3, "b\\u00e9\\n", true, null]}')
    seed("dataset/ListFuzzTestInputs/json", "deep", "[" * 5000)


def yaml():
    target = "host/config/YamlFuzzTestInputs/yaml"
    seed(target, "task", "task: {type: generic, minimum: 0, maximum: 9, unit: digits}\n"
                         "binning:\n  type: fixed\n  edges:\n    - {concept: few, below: 5}\n    - many\n")
    seed(target, "laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    seed(target, "tag", "a: !!javax.script.ScriptEngineManager [x]\n")
    seed(target, "twice", "a: 1\na: 2\n")


def plugins():
    manifest = "Manifest-Version: 1.0\nPlugin-Id: a\nPlugin-Version: 1.0.0\nPlugin-Requires: >=1.0.0 & <2.0.0\n"
    jar = archive({"META-INF/MANIFEST.MF": manifest, "META-INF/extensions.idx": "a.B\n", "a/B.class": b"\xca\xfe\xba\xbe"})
    seed("host/plugin/PluginArchiveFuzzTestInputs/jar", "good", jar)
    seed("host/plugin/PluginArchiveFuzzTestInputs/jar", "outside", archive({"../a": "b", "/c": "d", "META-INF/MANIFEST.MF": manifest}))
    seed("host/plugin/PluginArchiveFuzzTestInputs/zip", "good",
         archive({"classes/META-INF/MANIFEST.MF": manifest, "lib/a.jar": archive({"a": "b"})}))
    seed("host/plugin/PluginArchiveFuzzTestInputs/trustList", "good", "# comment\n" + "0" * 64 + "  a.jar  user\n")


def images():
    for file in ("gray.png", "palette.png", "exif-rotated.jpg", "rgba.png"):
        seed("image/ImageFuzzTestInputs/image", file, (IMAGES / file).read_bytes())
    for file in ("p-lossy-alpha.webp", "p-lossless-2.webp", "p-lossless-animated.webp", "m-strips.tif", "p-jpeg.tif"):
        seed("image/ImageFuzzTestInputs/image", file, (CONTAINERS / file).read_bytes())


if __name__ == "__main__":
    for write in (weights, model, lists, yaml, plugins, images):
        write()
