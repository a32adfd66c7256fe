"""Boxes of OpenCV's FaceDetectorYN, for networks of the form of YuNet with made-up weights.

pip install opencv-python-headless==5.0.0.93 onnx==1.23.2 numpy; python tools/golden/yunet.py
(writes networks, pictures and boxes to examples/face-regions/src/test/resources/yunet)
"""

import json
import pathlib

import cv2
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(__file__).parents[2] / "examples/face-regions/src/test/resources/yunet"
STRIDES = [8, 16, 32]
SIZES = {"small": (64, 64), "padded": (150, 101), "wide": (256, 96), "tiny": (5, 9)}  # width, height
FIXED = (160, 128)
SCORE, OVERLAP = 0.55, 0.3


def network(width, height):
    """Averages each cell, and takes what is predicted there from its mean colour."""
    random = numpy.random.default_rng(5)
    nodes, weights, outputs = [], [], []
    for stride in STRIDES:
        cells = f"cells_{stride}"
        nodes.append(helper.make_node("AveragePool", ["input"], [cells], kernel_shape=[stride] * 2, strides=[stride] * 2))
        for name, size, scale in [("cls", 1, 0.05), ("obj", 1, 0.05), ("bbox", 4, 0.008), ("kps", 10, 0.01)]:
            out = f"{name}_{stride}"
            kernel = (random.normal(size=(size, 3, 1, 1)) * scale).astype(numpy.float32)
            bias = (-kernel.sum(axis=(1, 2, 3)) * 128).astype(numpy.float32)
            if name == "bbox":
                bias[2:] += 0.7  # wider than a cell, so that neighbours overlap
            shape = numpy.array([1, -1, size], dtype=numpy.int64)
            for part, value in [("kernel", kernel), ("bias", bias), ("shape", shape)]:
                weights.append(numpy_helper.from_array(value, f"{out}_{part}"))
            nodes.append(helper.make_node("Conv", [cells, f"{out}_kernel", f"{out}_bias"], [f"{out}_map"], kernel_shape=[1, 1]))
            nodes.append(helper.make_node("Transpose", [f"{out}_map"], [f"{out}_last"], perm=[0, 2, 3, 1]))
            last = f"{out}_last"
            if name in ("cls", "obj"):
                nodes.append(helper.make_node("Sigmoid", [last], [f"{out}_share"]))
                last = f"{out}_share"
            nodes.append(helper.make_node("Reshape", [last, f"{out}_shape"], [out]))
            outputs.append(helper.make_tensor_value_info(out, TensorProto.FLOAT, [1, None, size]))
    image = helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, height, width])
    graph = helper.make_graph(nodes, "yunet", [image], outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def picture(width, height, seed):
    noise = numpy.random.default_rng(seed).integers(0, 256, (height // 12 + 2, width // 12 + 2, 3), dtype=numpy.uint8)
    return cv2.resize(noise, (width, height), interpolation=cv2.INTER_NEAREST)


def found(image):
    """As left, top, width, height, score."""
    detector = cv2.FaceDetectorYN.create(str(OUT / "free.onnx"), "", image.shape[1::-1], SCORE, OVERLAP)
    faces = detector.detect(image)[1]
    return [] if faces is None else [[float(face[i]) for i in (0, 1, 2, 3, 14)] for face in faces]


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    onnx.save(network("width", "height"), OUT / "free.onnx")
    onnx.save(network(*FIXED), OUT / "fixed.onnx")
    boxes = {}
    for seed, (name, (width, height)) in enumerate(SIZES.items()):
        image = picture(width, height, seed)
        cv2.imwrite(str(OUT / f"{name}.png"), image)
        boxes[f"{name},free"] = found(image)
        if width <= FIXED[0] and height <= FIXED[1]:
            black = cv2.copyMakeBorder(image, 0, FIXED[1] - height, 0, FIXED[0] - width, cv2.BORDER_CONSTANT)
            boxes[f"{name},fixed"] = found(black)
    print({name: len(each) for name, each in boxes.items()})
    (OUT / "boxes.json").write_text(json.dumps({"score": SCORE, "overlap": OVERLAP, "boxes": boxes}, indent=1) + "\n")


if __name__ == "__main__":
    main()
