package io.numclip.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Both towers of a CLIP: pixels and token sequences to vectors in one joint space of width D. */
public final class ClipBackbone implements AutoCloseable {

    /** Loads a Hugging Face CLIP directory. All parameters are frozen at first. */
    public static ClipBackbone load(Path directory, Device device, Precision precision) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** A CLIP with random weights, as {@code transformers} initialises them; the same seed gives the same weights. */
    public static ClipBackbone random(ClipConfig config, long seed, Device device, Precision precision) {
        throw new UnsupportedOperationException("not yet");
    }

    public ClipConfig config() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Owns the parameters; inputs may live in any sub-manager. */
    public NDManager manager() {
        throw new UnsupportedOperationException("not yet");
    }

    /** D, the width of the joint space. */
    public int embedDim() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Parameters of the image tower with its projection, by Hugging Face name ({@code vision_model.…}, {@code visual_projection.weight}). */
    public Map<String, Parameter> imageParameters() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Parameters of the text tower with its embeddings and projection, by Hugging Face name. */
    public Map<String, Parameter> textParameters() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The parameter {@code logit_scale}, a scalar: the logarithm of the scale. */
    public Parameter logitScale() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised
     * @param training true keeps the graph
     * @return (N, D) not normalised, attached to the manager of {@code pixels}
     */
    public NDArray encodeImages(NDArray pixels, boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param tokens (K, L) int64, L at most the context length
     * @return (K, L, W) rows of the token embedding, without positions; not part of a graph
     */
    public NDArray tokenEmbeddings(NDArray tokens) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Text tower from embeddings, for prompt learning.
     *
     * @param embeddings (K, L, W) token embeddings without positions
     * @param endPositions (K) int64, where each sequence has its end token
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeEmbeddings(NDArray embeddings, NDArray endPositions, boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Text tower from token ids; gradients reach the token embedding.
     *
     * @param tokens (K, L) int64, padded to the longest
     * @param endPositions (K) int64, where each sequence has its (first) end token
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeTokens(NDArray tokens, NDArray endPositions, boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes {@code config.json} and {@code model.safetensors} (float16 when {@code half}) into a directory. */
    public void save(Path directory, boolean half) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
