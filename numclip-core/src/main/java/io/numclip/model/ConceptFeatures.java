package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Where the text features of the K number concepts come from: learnable prompts, prototypes that training stored, or nowhere.
 */
public sealed interface ConceptFeatures permits PromptLearner, StoredPrototypes, NoTexts {

    /**
     * @param scope owns the result and all intermediate arrays
     * @param training true keeps the graph
     * @return (K, D), of any length
     */
    NDArray textFeatures(NDManager scope, boolean training);

    /** The same in a training step, by the fastest way back for the gradients. */
    default TrainedTexts trainedTexts(NDManager scope) {
        return TrainedTexts.inGraph(textFeatures(scope, true));
    }

    /**
     * The prompts of each of the K concepts in all wordings, in words, as they are before training.
     *
     * @return (K); empty where they are not known
     */
    List<List<String>> sentences();

    /** What training changes in the text tower, by name; empty where it does not run. */
    default Map<String, Parameter> encoderParameters() {
        return Map.of();
    }

    /** Learnable embeddings of the contexts, by name; may be empty. */
    default Map<String, Parameter> contextParameters() {
        return Map.of();
    }

    /** Learnable embeddings of the concepts, by name; may be empty. */
    default Map<String, Parameter> conceptParameters() {
        return Map.of();
    }
}
