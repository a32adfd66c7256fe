package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.lora.Lora;
import java.util.List;
import java.util.Map;

/**
 * The text tower of a CLIP, which maps token sequences to vectors of width D. Letters: K texts, L tokens, W width of
 * the tower. For {@code training}, see {@link ImageTower}.
 */
public final class TextTower {

    private final ClipConfig config;
    private final Tower tower;
    private final NDManager manager;
    private final ParameterVersion version;

    TextTower(ClipConfig config, Tower tower, NDManager manager, ParameterVersion version) {
        this.config = config;
        this.tower = tower;
        this.manager = manager;
        this.version = version;
    }

    /**
     * @param tokens (K, L) int64, L at most the context length
     * @return (K, L, W) rows of the token embedding, without positions; not part of a graph
     */
    public NDArray tokenEmbeddings(NDArray tokens) {
        return embed(tokens, false); // (K, L, W)
    }

    /**
     * Encodes the B tokens with which all sentences begin: the keys and values of every layer, which later tokens
     * attend to. Only a causal tower can do so.
     *
     * @param embeddings (1, B, W) token embeddings without positions
     * @param training true keeps the graph
     * @return (layers, 2, 1, H, B, W/H) for {@link #encodeEmbeddings(NDArray, NDArray, NDArray, boolean)}
     */
    public NDArray encodeBeginning(NDArray embeddings, boolean training) {
        Shapes.require("embeddings", embeddings, new Shape(1, -1, config.text().hiddenSize()));
        requireContext(embeddings.getShape().get(1));
        return tower.run("text_prefix", List.of(embeddings), training);
    }

    /**
     * Encodes texts from embeddings, for prompt learning.
     *
     * @param beginning of all sentences, from {@link #encodeBeginning}; it is not computed again for each of them
     * @param embeddings (K, L, W) token embeddings of the rest, without positions
     * @param endPositions (K) int64, position of each sequence's end token, counted from the beginning's first token
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeEmbeddings(NDArray beginning, NDArray embeddings, NDArray endPositions, boolean training) {
        ClipConfig.Text text = config.text();
        int headSize = text.hiddenSize() / text.heads();
        Shapes.require("beginning", beginning, new Shape(text.layers(), 2, 1, text.heads(), -1, headSize));
        return encode(beginning, beginning.getShape().get(4), embeddings, endPositions, training); // (K, D)
    }

    /**
     * The same for sentences without a common beginning.
     *
     * @param embeddings (K, L, W) token embeddings without positions
     */
    public NDArray encodeEmbeddings(NDArray embeddings, NDArray endPositions, boolean training) {
        NDArray nothing = embeddings.getManager().create(new Shape(0)); // (0)
        return encode(nothing, 0, embeddings, endPositions, training); // (K, D)
    }

    /**
     * Like {@link #encodeEmbeddings(NDArray, NDArray, NDArray, boolean)}, in training, if neither the tower nor the beginning is
     * trained.
     */
    public TextPass pass(NDArray beginning, NDArray embeddings, NDArray endPositions) {
        return TextPass.of(tower, embeddings, beginning, endPositions);
    }

    /** The same for sentences without a common beginning. */
    public TextPass pass(NDArray embeddings, NDArray endPositions) {
        return TextPass.of(tower, embeddings, embeddings.getManager().create(new Shape(0)), endPositions);
    }

    /**
     * Encodes texts from token ids; gradients reach the token embedding.
     *
     * @param tokens (K, L) int64, padded to the longest; where a tower sees the padding, to the context length
     * @param endPositions (K) int64, position of the token that stands for the sequence
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeTokens(NDArray tokens, NDArray endPositions, boolean training) {
        return encodeEmbeddings(embed(tokens, training), endPositions, training); // (K, D)
    }

    private NDArray embed(NDArray tokens, boolean graph) {
        Shapes.require("tokens", tokens, new Shape(-1, -1));
        return tower.call("token_embeddings")
                .tensor(parameters().get(ClipWeights.TOKEN_EMBEDDING).getArray())
                .tensor(tokens)
                .run(tokens.getManager(), graph); // (K, L, W)
    }

    private NDArray encode(NDArray beginning, long begun, NDArray embeddings, NDArray endPositions, boolean training) {
        Shapes.require("embeddings", embeddings, new Shape(-1, -1, config.text().hiddenSize()));
        Shapes.require(
                "endPositions", endPositions, new Shape(embeddings.getShape().get(0)));
        requireContext(begun + embeddings.getShape().get(1));
        return tower.run("text_features", List.of(embeddings, beginning, endPositions), training); // (K, D)
    }

    private void requireContext(long tokens) {
        if (tokens > contextLength()) {
            throw new IllegalArgumentException(
                    "embeddings: %d tokens, the context has %d".formatted(tokens, contextLength()));
        }
    }

    /** Parameters of the tower, its embeddings and its projection, by Hugging Face name. */
    public Map<String, Parameter> parameters() {
        return tower.parameters();
    }

    /** What training changes, by name: the matrices of low-rank changes ({@link Lora}), or else all parameters. */
    public Map<String, Parameter> trainable() {
        return tower.trainable();
    }

    /** Largest number of tokens of a text, including start and end. */
    public int contextLength() {
        return config.text().contextLength();
    }

    public ClipConfig.Text config() {
        return config.text();
    }

    /** Told of every change of parameters. */
    public ParameterVersion version() {
        return version;
    }

    /** Owns the weights; inputs may belong to any sub-manager. */
    public NDManager manager() {
        return manager;
    }
}
