package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.kernel.Gradients;
import java.util.List;

/**
 * Texts that have been through a frozen tower without a graph, and the way back of their gradients. A graph would take longer than
 * what is computed in it, because texts are short ({@code kernel/backward.py}).
 */
public final class TextPass {

    private final Tower tower;
    private final NDArray embeddings; // (K, L, W), with its graph
    private final NDArray features; // (K, D)
    private final NDList tape;

    private TextPass(Tower tower, NDArray embeddings, NDList recorded) {
        this.tower = tower;
        this.embeddings = embeddings;
        features = recorded.get(0);
        features.setRequiresGradient(true);
        tape = recorded.subNDList(1);
    }

    /** The arguments are those of {@code text_features}. */
    static TextPass of(Tower tower, NDArray embeddings, NDArray beginning, NDArray endPositions) {
        NDArray values = embeddings.stopGradient(); // (K, L, W)
        NDList recorded = tower.record("text_forward", List.of(values, beginning, endPositions));
        return new TextPass(tower, embeddings, recorded);
    }

    /** @return (K, D) requires a gradient, and has no graph behind it */
    public NDArray features() {
        return features;
    }

    /** Takes the gradient of {@link #features} to what the embeddings are made of; nothing happens if it has none. */
    public void backward() {
        try (NDManager scope = features.getManager().newSubManager()) {
            NDArray gradient = Gradients.of(features, scope); // (K, D)
            if (gradient != null) {
                NDArray ofEmbeddings = tower.gradient("text_backward", tape, gradient); // (K, L, W)
                JniUtils.backward((PtNDArray) embeddings, (PtNDArray) ofEmbeddings, false, false);
            }
        }
    }
}
