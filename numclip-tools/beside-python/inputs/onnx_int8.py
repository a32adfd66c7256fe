"""Quantises the products of an ONNX file dynamically: weights in int8, one scale for each channel. Usage: TOWER.onnx OUT.onnx"""
import sys

from onnxruntime.quantization import QuantType, quantize_dynamic

quantize_dynamic(sys.argv[1], sys.argv[2], op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8)
