package io.numclip.testing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumberPrompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The embedded CLIP without further training: does it know the words of a task? */
public final class EmbeddedClip {

    private EmbeddedClip() {}

    /** @return the share of images whose likeliest concept is the one that holds their label */
    public static double conceptAccuracy(List<LabeledImage> images, Bins concepts, String context) throws IOException {
        Path directory = ModelSource.parse(ShippedModel.EMBEDDED).directory();
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(directory);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray prototypes = prototypes(backbone, directory, concepts, context, manager); // (D, K)
            int right = 0;
            for (LabeledImage image : images) {
                float[] pixels = preprocessor.pixels(image.source().read());
                Shape shape = new Shape(1, 3, preprocessor.height(), preprocessor.width());
                NDArray features = backbone.imageTower().encode(manager.create(pixels, shape), false); // (1, D)
                long likeliest = features.matMul(prototypes).argMax().getLong();
                right += likeliest == concepts.indexOf(image.label()) ? 1 : 0;
            }
            return right / (double) images.size();
        }
    }

    private static NDArray prototypes(
            ClipBackbone backbone, Path directory, Bins concepts, String context, NDManager manager)
            throws IOException {
        NDList prototypes = new NDList();
        try (ClipTokenizer tokenizer =
                ClipTokenizer.load(directory, backbone.config().text().contextLength())) {
            for (String concept : concepts.concepts()) {
                long[] ids = tokenizer.encode(new NumberPrompt(context, concept).sentence());
                NDArray tokens = manager.create(ids, new Shape(1, ids.length)); // (1, L)
                NDArray end = manager.create(new long[] {ids.length - 1L}); // (1)
                NDArray features = backbone.textTower().encodeTokens(tokens, end, false); // (1, D)
                prototypes.add(features.div(features.norm()));
            }
        }
        return NDArrays.concat(prototypes, 0).transpose(); // (D, K)
    }
}
