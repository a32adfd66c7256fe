"""A copy of ONNX Runtime that uses no instructions newer than AVX2, for which it has no setting. Usage: OUT

OUT/onnxruntime is imported in place of the installed package by PYTHONPATH=OUT.
"""
import importlib.metadata
import importlib.util
import shutil
import sys
from pathlib import Path

# What is asked about the machine, as instructions, and the same with an answer.
ANSWERS = {
    "which registers the system saves: those of AVX and no others": (
        "31c9 0f01d0",                # xor ecx, ecx; xgetbv
        "31c9 6a07 58"),              # xor ecx, ecx; push 7; pop rax
    "whether the processor has AVX-VNNI: no": (
        "0fa2 a810",                  # cpuid; test al, 16
        "0fa2 a800")}                 # cpuid; test al, 0


def answered(library, code):
    for question, (asked, answer) in ANSWERS.items():
        asked = bytes.fromhex(asked)
        if asked not in code:
            sys.exit(f"error: {library} of ONNX Runtime {importlib.metadata.version('onnxruntime')} does not ask {question}\n"
                     "  fix: install the version in requirements.txt")
        code = code.replace(asked, bytes.fromhex(answer))
    return code


out = Path(sys.argv[1])
installed = Path(importlib.util.find_spec("onnxruntime").origin).parent
shutil.copytree(installed, out / "onnxruntime")
library = next((out / "onnxruntime/capi").glob("onnxruntime_pybind11_state*.so"))
library.write_bytes(answered(library.name, library.read_bytes()))
