package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.TextPass;
import io.numclip.clip.tower.TextTower;
import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import io.numclip.storage.SeededHash;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Prompts for number concepts, with words that can be trained (NumCLIP, section 3.2). A sentence is start token,
 * context, concept, rest of the context, full stop, end token. What all sentences begin with goes through the text
 * tower once, because no token attends to later ones. Context and concept are embeddings that start as CLIP's own for
 * their words; sentences with the same context share its embeddings, and wordings with the same words for a concept
 * share those. Notation: T wordings of K concepts, S = T·K sentences, B tokens that all sentences begin with, L tokens
 * in the longest rest, C context tokens, R different concepts (K, except where wordings name them differently or name
 * only base concepts), P tokens in the longest concept, W width of the text tower.
 */
public final class PromptLearner implements ConceptFeatures {

    /** Standard deviation of randomly initialised contexts (CoOp, section 3.1). */
    private static final double CONTEXT_DEVIATION = 0.02;

    private final TextTower textTower;
    private final List<List<String>> sentences;
    private final int wordings;
    private final int restLength;
    private final NDArray fixed;
    private final NDArray beginning;
    private final NDArray rest;
    private final NDArray endPositions;
    private final @Nullable NDArray mixture;
    private final Map<String, Parameter> context;
    private final Parameter concepts;
    private @Nullable NDArray cached;
    private int cachedVersion;

    /** One prompt for each concept. The embeddings live as long as the text tower. */
    public PromptLearner(List<NumberPrompt> prompts, ClipTokenizer tokenizer, TextTower textTower) {
        this(
                new PromptSentences(prompts, prompts.size(), new double[0][], false, tokenizer.marksBeginnings()),
                tokenizer,
                textTower);
    }

    /**
     * @param seed of randomly initialised contexts
     * @throws io.numclip.data.NumClipException if the wording does not fit the bins or a sentence is too long for the
     *     CLIP
     */
    public PromptLearner(NumberPrompts wording, Bins bins, ClipTokenizer tokenizer, TextTower textTower, long seed) {
        this(PromptSentences.of(wording, bins, tokenizer.marksBeginnings()), tokenizer, textTower);
        if (wording.isContextRandom()) {
            context.forEach((name, words) -> randomize(words.getArray(), new SeededHash(seed).of(name)));
        }
    }

    private PromptLearner(PromptSentences sentences, ClipTokenizer tokenizer, TextTower textTower) {
        this.textTower = textTower;
        this.sentences = sentences.texts();
        wordings = sentences.wordings();
        NDManager manager = textTower.manager();
        PromptTokens tokens = new PromptTokens(sentences, tokenizer, textTower.config());
        restLength = tokens.length - tokens.beginning.length;
        fixed = embeddings(tokens.fixed, manager); // (4, W)
        beginning = manager.create(tokens.beginning); // (B)
        rest = manager.create(tokens.rest); // (S·L)
        endPositions = manager.create(tokens.endPositions); // (S)
        mixture = sentences.isMixed()
                ? manager.create(sentences.mixture(), new Shape(sentences.size(), tokens.concepts.size())) // (S, R)
                : null;
        context = tokens.context.length == 0
                ? Map.of()
                : Map.of("prompt.context", parameter("context", embeddings(tokens.context, manager)));
        concepts = parameter("concepts", conceptEmbeddings(tokens, manager));
    }

    @Override
    public NDArray textFeatures(NDManager scope, boolean training) {
        NDList known = known(scope);
        NDArray rests = rests(known, scope); // (S, L, W)
        if (beginning.isEmpty()) {
            return ensemble(textTower.encodeEmbeddings(rests, endPositions, training)); // (K, D)
        }
        NDArray begun = begun(NDArrays.concat(known), training);
        return ensemble(textTower.encodeEmbeddings(begun, rests, endPositions, training)); // (K, D)
    }

    @Override
    public TrainedTexts trainedTexts(NDManager scope) {
        boolean isBeginningFixed = beginning.isEmpty() || !isTrained(context);
        if (isTrained(encoderParameters()) || !isBeginningFixed) {
            return TrainedTexts.inGraph(textFeatures(scope, true));
        }
        NDList known = known(scope);
        NDArray rests = rests(known, scope); // (S, L, W)
        TextPass pass = beginning.isEmpty()
                ? textTower.pass(rests, endPositions)
                : textTower.pass(begun(NDArrays.concat(known), true), rests, endPositions);
        return new TrainedTexts(ensemble(pass.features()), pass::backward);
    }

    /** The rows (4, W) and (C, W) of words that sentences share. */
    private NDList known(NDManager scope) {
        ScopedParameters parameters = new ScopedParameters(scope);
        NDList known = new NDList(ScopedParameters.view(fixed, scope)); // (4, W)
        context.values().forEach(words -> known.add(parameters.view(words))); // (C, W)
        return known;
    }

    /** What follows the beginning in each sentence, (S, L, W). */
    private NDArray rests(NDList known, NDManager scope) {
        long width = fixed.getShape().get(1);
        NDArray words = new ScopedParameters(scope).view(concepts);
        NDList parts = new NDList(known);
        parts.add(mixed(words, scope).reshape(-1, width)); // (R·P, W), interpolated (S·P, W)
        NDArray table = NDArrays.concat(parts); // (4 + C + R·P, W)
        return table.get(new NDIndex("{}", rest)).reshape(-1, restLength, width);
    }

    /**
     * The common beginning of all sentences, after the text tower; cached as long as nothing in it is trained.
     *
     * @param known (4 + C, W) rows of the table
     */
    private NDArray begun(NDArray known, boolean training) {
        if (isBeginningTrained()) {
            return textTower.encodeBeginning(beginning(known), training);
        }
        if (cached == null || cachedVersion != textTower.version().ofFrozen()) {
            if (cached != null) {
                cached.close();
            }
            cached = textTower.encodeBeginning(beginning(known), true); // may enter a graph later
            cached.attach(textTower.manager());
            cachedVersion = textTower.version().ofFrozen();
        }
        return ScopedParameters.view(cached, known.getManager());
    }

    private NDArray beginning(NDArray known) {
        return known.get(new NDIndex("{}", beginning)).expandDims(0); // (1, B, W)
    }

    private boolean isBeginningTrained() {
        return isTrained(context) || isTrained(encoderParameters());
    }

    private static boolean isTrained(Map<String, Parameter> parameters) {
        return parameters.values().stream().anyMatch(Parameter::requiresGradient);
    }

    /** @param words (R, P, W) */
    private NDArray mixed(NDArray words, NDManager scope) {
        if (mixture == null) {
            return words;
        }
        NDArray flat = words.reshape(words.getShape().get(0), -1); // (R, P·W)
        return ScopedParameters.view(mixture, scope).matMul(flat); // (S, P·W)
    }

    /** @param features (T·K, D) */
    private NDArray ensemble(NDArray features) {
        if (wordings == 1) {
            return features;
        }
        NDArray directions = NumClipModel.normalize(features); // (T·K, D)
        return directions.reshape(wordings, -1, features.getShape().get(1)).mean(new int[] {0}); // (K, D)
    }

    @Override
    public List<List<String>> sentences() {
        return sentences;
    }

    @Override
    public Map<String, Parameter> encoderParameters() {
        return textTower.trainable();
    }

    @Override
    public Map<String, Parameter> contextParameters() {
        return context;
    }

    @Override
    public Map<String, Parameter> conceptParameters() {
        return Map.of("prompt.concepts", concepts);
    }

    /** Shorter concepts are padded with token 0, as in OrdinalCLIP's code; only interpolated sentences read it. */
    private NDArray conceptEmbeddings(PromptTokens tokens, NDManager manager) {
        int longest = tokens.longestConcept;
        long[] ids = new long[tokens.concepts.size() * longest];
        for (int r = 0; r < tokens.concepts.size(); r++) {
            long[] words = tokens.concepts.get(r);
            System.arraycopy(words, 0, ids, r * longest, words.length);
        }
        try (NDArray all = embeddings(ids, manager)) { // (R·P, W)
            return all.reshape(tokens.concepts.size(), longest, all.getShape().get(1)); // (R, P, W)
        }
    }

    private NDArray embeddings(long[] ids, NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray batch = scope.create(ids, new Shape(1, ids.length)); // (1, n)
            NDArray result = textTower.tokenEmbeddings(batch).squeeze(0).duplicate(); // (n, W)
            result.attach(manager);
            return result;
        }
    }

    private static void randomize(NDArray array, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(array.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (CONTEXT_DEVIATION * random.nextGaussian());
        }
        try (NDManager scope = array.getManager().newSubManager()) {
            array.set(new NDIndex("..."), scope.create(values, array.getShape()));
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
