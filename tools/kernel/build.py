"""Compiles clip.py to clip.pt and clip_x86.pt beside it. Developers run `python tools/kernel/build.py`, with torch 2.7.1.

They hold no weights. Each has the SHA-256 of its source, which NativeKernelTest compares with clip.py. The same source
always gives the same bytes. A file with oneDNN's operators cannot be opened by a libtorch without them, so clip.pt has none.
"""
import hashlib
import importlib.util
import io
import pathlib
import zipfile

import torch

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
KERNEL = REPOSITORY / "numclip-clip/src/main/resources/io/numclip/clip/kernel"
SOURCE = KERNEL / "clip.py"
DIGEST = "source.sha256"  # the test looks for this name
LEFT_OUT = (".debug_pkl", "serialization_id")  # paths on this machine, and a hash of entries that hold them


def load_source(name: str):
    """Under a name of its own: TorchScript gives a second class of the same name a mangled one."""
    spec = importlib.util.spec_from_file_location(name, SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_source(name: str, one_dnn: bool) -> io.BytesIO:
    source = load_source(name)
    if not one_dnn:
        source.one_dnn_matrix = source.not_packed
        source.one_dnn_product = source.usual_product
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(source.Clip()), buffer, _extra_files={DIGEST: digest})
    return buffer


def write_reproducibly(saved: io.BytesIO, compiled: pathlib.Path):
    """Copies the entries in a fixed order and with a fixed date, below one folder."""
    with zipfile.ZipFile(saved) as entries, zipfile.ZipFile(compiled, "w") as kernel:
        for name in sorted(entries.namelist()):
            if not name.endswith(LEFT_OUT):
                _, path = name.split("/", 1)
                kernel.writestr(zipfile.ZipInfo(f"clip/{path}"), entries.read(name), zipfile.ZIP_DEFLATED)


def main():
    for name, one_dnn in ("clip", False), ("clip_x86", True):
        compiled = KERNEL / f"{name}.pt"
        write_reproducibly(compile_source(name, one_dnn), compiled)
        torch.jit.load(str(compiled))  # fails if the file is broken


if __name__ == "__main__":
    main()
