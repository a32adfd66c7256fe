"""Sizes of public models, as OpenCLIP and MetaCLIP state them, and the parameters that OpenCLIP counts.

python tools/golden/architectures.py OPEN_CLIP METACLIP   (checkouts of both repositories; needs no package)

Writes numclip-runner/src/test/resources/models/architectures.json: by name the configuration, and, where OpenCLIP's
docs/model_profile.csv has them, millions of parameters. Made of open_clip at commit 89fb801 and MetaCLIP at f47f784. Names of
tokenizers are left out: they have no parameters.
"""

import csv
import json
import pathlib
import sys

OUT = pathlib.Path(__file__).parents[2] / "numclip-runner/src/test/resources/models/architectures.json"
OF_OPEN_CLIP = ["ViT-B-32", "ViT-B-16", "ViT-L-14", "ViT-L-14-336", "ViT-H-14", "ViT-g-14", "ViT-B-16-SigLIP", "ViT-B-16-SigLIP-256",
                "ViT-L-16-SigLIP-256", "ViT-SO400M-14-SigLIP-384", "ViT-B-16-SigLIP2-256", "ViT-B-16-SigLIP2-384",
                "ViT-SO400M-14-SigLIP2-378", "PE-Core-S-16-384", "PE-Core-B-16"]
OF_METACLIP = ["ViT-B-16-worldwide"]


def main(open_clip, metaclip):
    profile = open_clip / "docs/model_profile.csv"
    counted = {row["model"]: float(row["mparams"]) for row in csv.DictReader(profile.open())}
    places = {name: open_clip / "src/open_clip/model_configs" for name in OF_OPEN_CLIP}
    places |= {name: metaclip / "src/mini_clip/model_configs" for name in OF_METACLIP}
    found = {}
    for name, folder in places.items():
        config = json.loads((folder / f"{name}.json").read_text())
        for key in ("hf_tokenizer_name", "tokenizer_kwargs"):
            config["text_cfg"].pop(key, None)
        found[name] = {"config": config}
        if name in counted:
            found[name]["millions"] = counted[name]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1) + "\n")


main(*map(pathlib.Path, sys.argv[1:]))
