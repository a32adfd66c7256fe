"""The stages of NumCLIP for PySpark 4; docs/spark.md says what their parameters mean.

    scorer = NumClipScorer(model="/models/faces", inputCol="path", outputCol="age")
    scorer.transform(images).select("path", "age.value", "age.error")

Import this module before a pipeline with such a stage is loaded.
"""

import io
import sys
import types

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer

# PySpark looks for the Python class of a stage in the module named as its Java package. Python's own module io is no package.
_PACKAGE = "io.numclip.spark"
sys.modules[_PACKAGE] = sys.modules[__name__]
io.numclip = types.SimpleNamespace(spark=sys.modules[__name__])


def _param(name, doc):
    return Param(Params._dummy(), name, doc, TypeConverters.toString)


class _ImageStage(JavaTransformer, JavaMLReadable, JavaMLWritable):
    inputCol = _param("inputCol", "column of the contents of image files (binary) or of their paths (string)")
    outputCol = _param("outputCol", "column for what is found")
    device = _param("device", "auto, cpu, cuda or cuda:N")
    precision = _param("precision", "auto, fp32, bf16, fp16 or int8; auto is decided on the driver")

    def __init__(self, given, **defaults):
        super().__init__()
        self._java_obj = self._new_java_obj(f"{_PACKAGE}.{type(self).__name__}", self.uid)
        self._setDefault(inputCol="content", device="auto", precision="auto", **defaults)
        self._set(**given)

    def setParams(self, **params):
        """Sets parameters by their names."""
        return self._set(**params)


class NumClipScorer(_ImageStage):
    """Gives every image a number: a struct of value, lower, upper, concept, probabilities and error."""

    __module__ = _PACKAGE
    model = _param("model", "folder of a trained model, on every machine or shipped with --archives")
    digest = _param("digest", "SHA-256 of the model; empty: that of the folder on the driver")
    plugins = _param("plugins", "folder of trusted plugins; empty: numclip.plugins, else plugins")
    backbone = _param("backbone", "the CLIP that the model stands on, where it was moved since training")

    @keyword_only
    def __init__(self, *, model=None, inputCol=None, outputCol=None, digest=None, plugins=None, backbone=None, device=None,
                 precision=None):
        super().__init__(self._input_kwargs, outputCol="prediction", digest="", plugins="", backbone="")

    def concepts(self):
        """The number concepts, in the order of the scale and of probabilities."""
        self._transfer_params_to_java()
        return list(self._java_obj.concepts())


class NumClipEmbedder(_ImageStage):
    """Gives every image the features of a CLIP: a struct of features, contentHash and error."""

    __module__ = _PACKAGE
    clip = _param("clip", "embedded, pixels, or a CLIP directory on every machine")

    @keyword_only
    def __init__(self, *, clip=None, inputCol=None, outputCol=None, device=None, precision=None):
        super().__init__(self._input_kwargs, outputCol="embedding", clip="embedded")
