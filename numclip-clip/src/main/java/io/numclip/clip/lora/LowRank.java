package io.numclip.clip.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.kernel.NativeKernel;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.SeededHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The low-rank changes of one tower ({@link Lora}): A (rank, inputs) and B (outputs, rank) for each changed weight W
 * (outputs, inputs). W' is put together outside the tower, so that gradients reach A and B through the tower as it is.
 */
public final class LowRank {

    private static final String WEIGHT = ".weight";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";

    private record Pair(Parameter down, Parameter up) {}

    private final Map<String, Pair> pairs; // by the name of W
    private final NDArray scale;

    private LowRank(Map<String, Pair> pairs, NDArray scale) {
        this.pairs = pairs;
        this.scale = scale;
    }

    /**
     * As {@code torch.nn.Linear} is initialised, A is uniform within ±1/√inputs (Kaiming with a = √5); B is zero.
     *
     * @param seed the numbers of an A depend on it and on the name
     * @param scale s, a scalar on the CPU
     */
    public static LowRank drawn(
            Lora lora, Map<String, Parameter> weights, int layers, long seed, NDArray scale, NDManager manager) {
        SeededHash seeds = new SeededHash(seed);
        Map<String, Pair> pairs = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            if (lora.changes(name, layers)) {
                Shape shape = weight.getArray().getShape();
                requireRank(lora.rank(), shape);
                NDArray down = uniform(new Shape(lora.rank(), shape.get(1)), seeds.of(name), manager);
                NDArray up = manager.zeros(new Shape(shape.get(0), lora.rank()));
                pairs.put(name, pair(name, down, up));
            }
        });
        return new LowRank(pairs, scale);
    }

    private static void requireRank(int rank, Shape weight) {
        long largest = Math.min(weight.get(0), weight.get(1));
        if (rank > largest) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.lora.rank: must be at most " + largest + ", the width of the tower; found " + rank,
                    "Lower the rank.");
        }
    }

    private static NDArray uniform(Shape shape, long seed, NDManager manager) {
        SplittableRandom random = new SplittableRandom(seed);
        double bound = 1 / Math.sqrt((double) shape.get(1));
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return manager.create(values, shape);
    }

    /** The changes that a file holds of these weights; none if it holds none. */
    public static LowRank read(Safetensors tensors, Map<String, Shape> weights, NDArray scale, NDManager manager)
            throws IOException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> weight : weights.entrySet()) {
            String name = weight.getKey();
            Safetensors.Entry down = tensors.entries().get(down(name));
            if (down != null) {
                long rank = down.shape().dimension() == 2 ? down.shape().get(0) : -1;
                require(tensors, down(name), new Shape(rank, weight.getValue().get(1)));
                require(tensors, up(name), new Shape(weight.getValue().get(0), rank));
                pairs.put(name, pair(name, tensors.array(down(name), manager), tensors.array(up(name), manager)));
            }
        }
        return new LowRank(pairs, scale);
    }

    private static void require(Safetensors tensors, String name, Shape shape) {
        if (!tensors.has(name, shape)) {
            throw new NumClipException(
                    Kind.DATA,
                    "%s: tensor %s is missing or does not have the shape that the CLIP expects, %s"
                            .formatted(tensors.file(), name, shape),
                    "Restore the file, or train again.");
        }
    }

    private static Pair pair(String weight, NDArray down, NDArray up) {
        return new Pair(NoGradient.parameter(down(weight), down), NoGradient.parameter(up(weight), up));
    }

    private static String down(String weight) {
        return stem(weight) + DOWN;
    }

    private static String up(String weight) {
        return stem(weight) + UP;
    }

    private static String stem(String weight) {
        return weight.endsWith(WEIGHT) ? weight.substring(0, weight.length() - WEIGHT.length()) : weight;
    }

    /** Whether some tensors, by their names, change a weight. */
    public static boolean changes(String weight, Set<String> tensors) {
        return tensors.contains(down(weight));
    }

    /** Whether a tensor of a trained model is a weight of its CLIP, or an A or a B of one. */
    public static boolean isWeight(ClipConfig clip, String tensor) {
        return ClipWeights.all(clip).containsKey(tensor) || isMatrix(tensor);
    }

    /** Whether a tensor is an A or a B, by its name. */
    static boolean isMatrix(String tensor) {
        return tensor.endsWith(DOWN) || tensor.endsWith(UP);
    }

    /** The module whose weight an A or a B changes. */
    static String module(String matrix) {
        return matrix.substring(0, matrix.length() - (matrix.endsWith(DOWN) ? DOWN : UP).length());
    }

    /** All A and B, by the name that PEFT gives them in a model. */
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        pairs.values().forEach(pair -> {
            all.put(pair.down().getName(), pair.down());
            all.put(pair.up().getName(), pair.up());
        });
        return all;
    }

    /**
     * @param weights of the tower or some of them
     * @param scope owns the changed ones
     * @param training true keeps the graph
     * @return the weights in the same order, changed where there is a change
     */
    public List<NDArray> changed(Map<String, NDArray> weights, NDManager scope, boolean training) {
        NDList originals = new NDList();
        NDList downs = new NDList();
        NDList ups = new NDList();
        weights.forEach((name, weight) -> {
            Pair pair = pairs.get(name);
            if (pair != null) {
                originals.add(weight);
                downs.add(pair.down().getArray());
                ups.add(pair.up().getArray());
            }
        });
        if (originals.isEmpty()) {
            return List.copyOf(weights.values());
        }
        NDList changed = NativeKernel.shared()
                .call("adapted")
                .list(originals)
                .list(downs)
                .list(ups)
                .tensor(scale)
                .runAll(scope, training);
        return inPlace(weights, changed);
    }

    private List<NDArray> inPlace(Map<String, NDArray> weights, Collection<NDArray> changed) {
        List<NDArray> all = new ArrayList<>();
        var next = changed.iterator();
        weights.forEach((name, weight) -> all.add(pairs.containsKey(name) ? next.next() : weight));
        return all;
    }
}
