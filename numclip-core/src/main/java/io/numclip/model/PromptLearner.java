package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipTokenizer;
import io.numclip.data.NumberPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Sentences about number concepts whose words can be learnt (NumCLIP, section 3.2). A sentence is start token, context,
 * concept, full stop, end token. Context and concept are embeddings that begin as CLIP's own for the words; sentences
 * with the same context share its embeddings. Letters: K concepts, L tokens of the longest sentence, C tokens of context,
 * P tokens of the longest concept, W width of the text tower.
 */
public final class PromptLearner implements ConceptFeatures {

    private final ClipBackbone backbone;
    private final PromptTokens tokens;
    private final NDArray fixed;
    private final NDArray rows;
    private final NDArray endPositions;
    private final Map<String, Parameter> context;
    private final Parameter concepts;

    /** The embeddings live as long as the backbone. */
    public PromptLearner(List<NumberPrompt> prompts, ClipTokenizer tokenizer, ClipBackbone backbone) {
        this.backbone = backbone;
        NDManager manager = backbone.manager();
        tokens = new PromptTokens(prompts, tokenizer, backbone.config().text().contextLength());
        fixed = embeddings(tokens.fixed, manager); // (3, W)
        rows = manager.create(tokens.rows); // (K·L)
        endPositions = manager.create(tokens.endPositions); // (K)
        context = tokens.context.length == 0
                ? Map.of()
                : Map.of("prompt.context", parameter("context", embeddings(tokens.context, manager)));
        concepts = parameter("concepts", conceptEmbeddings(manager));
    }

    @Override
    public NDArray textFeatures(NDManager scope, boolean training) {
        ScopedParameters parameters = new ScopedParameters(scope);
        long width = fixed.getShape().get(1);
        NDList parts = new NDList(ScopedParameters.view(fixed, scope)); // (3, W)
        context.values().forEach(words -> parts.add(parameters.view(words))); // (C, W)
        parts.add(parameters.view(concepts).reshape(-1, width)); // (K·P, W)
        NDArray table = NDArrays.concat(parts); // (3 + C + K·P, W)
        NDArray sentences = table.get(new NDIndex("{}", rows)).reshape(-1, tokens.length, width); // (K, L, W)
        return backbone.encodeEmbeddings(sentences, endPositions, training); // (K, D)
    }

    @Override
    public Map<String, Parameter> contextParameters() {
        return context;
    }

    @Override
    public Map<String, Parameter> conceptParameters() {
        return Map.of("prompt.concepts", concepts);
    }

    private NDArray conceptEmbeddings(NDManager manager) {
        int count = tokens.concepts.size();
        int longest = tokens.longestConcept;
        long[] ids = new long[count * longest];
        float[] present = new float[ids.length];
        for (int k = 0; k < count; k++) {
            long[] words = tokens.concepts.get(k);
            System.arraycopy(words, 0, ids, k * longest, words.length);
            Arrays.fill(present, k * longest, k * longest + words.length, 1);
        }
        try (NDArray all = embeddings(ids, manager); // (K·P, W)
                NDArray mask = manager.create(present, new Shape(ids.length, 1)); // (K·P, 1)
                NDArray masked = all.mul(mask)) { // (K·P, W)
            NDArray result = masked.reshape(count, longest, all.getShape().get(1)); // (K, P, W)
            result.attach(manager);
            return result;
        }
    }

    private NDArray embeddings(long[] ids, NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray batch = scope.create(ids, new Shape(1, ids.length)); // (1, n)
            NDArray result = backbone.tokenEmbeddings(batch).squeeze(0).duplicate(); // (n, W)
            result.attach(manager);
            return result;
        }
    }

    private static Parameter parameter(String name, NDArray array) {
        Parameter parameter =
                Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
        parameter.setArray(array);
        parameter.freeze(true);
        return parameter;
    }
}
