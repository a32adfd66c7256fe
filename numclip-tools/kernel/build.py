"""Compiles the four files of the kernel to kernel.pt and kernel_x86.pt beside them. Run it with torch 2.7.1.

They hold no weights. Each has the SHA-256 of its source, which NativeKernelTest compares with the files. The same source always
gives the same bytes. A file with oneDNN's operators cannot be opened by a libtorch without them, so kernel.pt has none.
"""
import hashlib
import io
import pathlib
import subprocess
import sys
import zipfile

import torch

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "numclip-clip/src/main/resources/io/numclip/clip/kernel"
SOURCES = "tower.py", "backward.py", "optimizer.py", "kernel.py"  # the test joins them in this order
DIGEST = "source.sha256"  # the test looks for this name
LEFT_OUT = (".debug_pkl", "serialization_id")  # paths on this machine, and a hash of entries that hold them


def compile_source(one_dnn: bool) -> io.BytesIO:
    sys.path.insert(0, str(FOLDER))
    sys.dont_write_bytecode = True
    import tower
    if not one_dnn:  # before the other files take them from there
        import stand_ins
        tower.pack, tower.packed_linear = stand_ins.leave_unpacked, stand_ins.unpacked_linear
    import kernel
    digest = hashlib.sha256(b"".join((FOLDER / source).read_bytes() for source in SOURCES)).hexdigest()
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(kernel.Kernel()), buffer, _extra_files={DIGEST: digest})
    return buffer


def write_reproducibly(saved: io.BytesIO, compiled: pathlib.Path):
    """Copies the entries in a fixed order and with a fixed date, below one folder."""
    with zipfile.ZipFile(saved) as entries, zipfile.ZipFile(compiled, "w") as kernel:
        for name in sorted(entries.namelist()):
            if not name.endswith(LEFT_OUT):
                _, path = name.split("/", 1)
                kernel.writestr(zipfile.ZipInfo(f"kernel/{path}"), entries.read(name), zipfile.ZIP_DEFLATED)


def main():
    if len(sys.argv) == 1:  # each in a process of its own, because a class of TorchScript is compiled once
        for name in "kernel", "kernel_x86":
            subprocess.run([sys.executable, __file__, name], check=True)
        return
    name = sys.argv[1]
    compiled = FOLDER / f"{name}.pt"
    write_reproducibly(compile_source(one_dnn=name == "kernel_x86"), compiled)
    torch.jit.load(str(compiled))  # fails if the file is broken


if __name__ == "__main__":
    main()
