package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.numclip.clip.ClipBackbone;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import io.numclip.spi.NumClipOutput;
import java.util.Map;

/** The assembled network: pixels in, a number out. Owns its backbone; everything is frozen until {@link #train}. */
public final class NumClipModel implements AutoCloseable {

    /**
     * @param fineHead is initialised here, with random numbers from {@code seed}, if it is not yet
     * @param seed of the fine head's initial parameters
     */
    public NumClipModel(
            ClipBackbone backbone,
            ConceptFeatures conceptFeatures,
            ImageAdapter adapter,
            FineHead fineHead,
            Bins bins,
            long seed) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised
     * @param training true keeps the graph
     */
    public NumClipOutput forward(NDArray pixels, boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * The same from what the image tower made of the pixels, for towers that are frozen.
     *
     * @param backboneFeatures (N, D) as {@link ClipBackbone#encodeImages} gives them
     */
    public NumClipOutput forwardFeatures(NDArray backboneFeatures, boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All parameters of a part by the names that a model directory uses. */
    public Map<String, Parameter> parameters(Part part) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether a part's parameters are learnt. */
    public boolean isTrained(Part part) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Lets a part learn, or freezes it. */
    public void train(Part part, boolean trained) {
        throw new UnsupportedOperationException("not yet");
    }

    public ClipBackbone backbone() {
        throw new UnsupportedOperationException("not yet");
    }

    public Bins bins() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
