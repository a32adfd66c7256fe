"""Compiles clip.py to clip.pt beside it. Developers run `python tools/kernel/build.py`, with torch 2.7.1.

clip.pt holds no weights. It holds the SHA-256 of its source, which NativeKernelTest compares with clip.py. The same source
always gives the same bytes.
"""
import hashlib
import importlib.util
import io
import pathlib
import zipfile

import torch

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
KERNEL = REPOSITORY / "numclip-core/src/main/resources/io/numclip/clip/kernel"
SOURCE = KERNEL / "clip.py"
COMPILED = KERNEL / "clip.pt"
DIGEST = "source.sha256"  # the test looks for this name
LEFT_OUT = (".debug_pkl", "serialization_id")  # paths on this machine, and a hash of entries that hold them


def load_source():
    spec = importlib.util.spec_from_file_location("clip", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_source() -> io.BytesIO:
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(load_source().Clip()), buffer, _extra_files={DIGEST: digest})
    return buffer


def write_reproducibly(saved: io.BytesIO):
    """Copies the entries in a fixed order and with a fixed date, below one folder."""
    with zipfile.ZipFile(saved) as entries, zipfile.ZipFile(COMPILED, "w") as kernel:
        for name in sorted(entries.namelist()):
            if not name.endswith(LEFT_OUT):
                _, path = name.split("/", 1)
                kernel.writestr(zipfile.ZipInfo(f"clip/{path}"), entries.read(name), zipfile.ZIP_DEFLATED)


def main():
    write_reproducibly(compile_source())
    torch.jit.load(str(COMPILED))  # fails if the file is broken


if __name__ == "__main__":
    main()
