"""Compiles clip.py to clip.pt beside it, for developers: `python tools/kernel/build.py` with torch 2.7.1.

The result holds no weights, no file names and the SHA-256 of its source, and is the same for the same source.
"""
import hashlib
import importlib.util
import io
import pathlib
import zipfile

import torch

KERNEL = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/main/resources/io/numclip/clip/kernel"


def main():
    source = KERNEL / "clip.py"
    spec = importlib.util.spec_from_file_location("clip", source)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    buffer = io.BytesIO()
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    torch.jit.save(torch.jit.script(module.Clip()), buffer, _extra_files={"source.sha256": digest})
    with zipfile.ZipFile(buffer) as compiled, zipfile.ZipFile(KERNEL / "clip.pt", "w", zipfile.ZIP_DEFLATED) as kernel:
        for name in sorted(compiled.namelist()):
            if name.endswith((".debug_pkl", "serialization_id")):
                continue
            entry = zipfile.ZipInfo("clip/" + name.split("/", 1)[1])
            kernel.writestr(entry, compiled.read(name), zipfile.ZIP_DEFLATED)
    torch.jit.load(str(KERNEL / "clip.pt"))


if __name__ == "__main__":
    main()
