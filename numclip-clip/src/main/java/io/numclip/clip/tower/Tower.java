package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.kernel.NativeKernel;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.lora.LoraScale;
import io.numclip.clip.lora.LowRank;
import io.numclip.clip.safetensors.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one tower, and how the kernel gets them. Where gradients are needed, all are passed with every call and rounded
 * to 16 bits each time, if the precision has 16 bits. Else they are rounded, and packed for products, once, and kept by the kernel
 * until they change; those of a large text tower that is frozen in a training are packed for gradients too. Low-rank changes are
 * added to the weights in every call while they are trained, and else once.
 */
final class Tower {

    private final Map<String, Parameter> parameters;
    private final int first;
    private final ClipConfig.TowerConfig config;
    private final Precision precision;
    private final boolean packs;
    private final NDManager manager;
    private final NDArray settings;
    private final ParameterVersion version;
    private final boolean packsBothWays;
    private final KeptWeights kept;
    private final KeptWeights keptBothWays;
    private @Nullable LowRank changes;
    private @Nullable NDManager mergedOwner;
    private List<NDArray> merged = List.of();
    private int mergedVersion;

    private Tower(
            NDManager manager,
            Map<String, Parameter> parameters,
            int first,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version) {
        this.manager = manager;
        this.version = version;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.first = first;
        this.config = config;
        this.precision = precision;
        this.packs = config instanceof ClipConfig.Vision && (precision == Precision.INT8 || kernelSays("packs_evenly"));
        this.packsBothWays =
                config instanceof ClipConfig.Text text && ClipWeights.arePackedBothWays(text) && kernelSays("packs");
        this.kept = new KeptWeights(manager);
        this.keptBothWays = new KeptWeights(manager);
        this.settings = settings(TowerSettings.of(config, precision));
    }

    /** Numbers of {@link TowerSettings}: on the CPU, where the kernel reads them without waiting for a GPU. */
    final NDArray settings(double... numbers) {
        return manager.newSubManager(Device.cpu()).create(numbers);
    }

    /**
     * A tower whose weights are parameters, frozen at first.
     *
     * @param first number of weights at the beginning that the kernel's function for the tower does not take
     * @param precision not {@code auto}
     */
    static Tower learnable(
            NDManager manager,
            Map<String, Shape> weights,
            int first,
            ClipWeights.Source source,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version)
            throws IOException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> weight : weights.entrySet()) {
            String name = weight.getKey();
            parameters.put(name, NoGradient.parameter(name, source.read(manager, name, weight.getValue())));
        }
        return new Tower(manager, parameters, first, config, precision, version);
    }

    /**
     * A tower that cannot be trained: it has no parameters, and its weights are kept in memory in one precision only.
     *
     * @param changes a file with low-rank changes of weights, which are added; null: there are none
     */
    static Tower fixed(
            NDManager manager,
            Map<String, Shape> weights,
            ClipWeights.Source source,
            @Nullable Safetensors changes,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version)
            throws IOException {
        Tower tower = new Tower(manager, Map.of(), 0, config, precision, version);
        read(manager, weights, source, changes, tower::keep);
        return tower;
    }

    /**
     * Reads one weight after the other, and adds its low-rank change.
     *
     * @param sink takes name and array, which is freed after it unless it gets another owner
     */
    static void read(
            NDManager manager,
            Map<String, Shape> weights,
            ClipWeights.Source source,
            @Nullable Safetensors changes,
            BiConsumer<String, NDArray> sink)
            throws IOException {
        try (NDManager all = manager.newSubManager()) {
            LowRank stored =
                    changes == null ? null : LowRank.read(changes, weights, scalar(all, LoraScale.of(changes)), all);
            for (Map.Entry<String, Shape> weight : weights.entrySet()) {
                try (NDManager scope = all.newSubManager()) {
                    String name = weight.getKey();
                    NDArray array = source.read(scope, name, weight.getValue());
                    sink.accept(
                            name,
                            stored == null
                                    ? array
                                    : stored.changed(Map.of(name, array), scope, true)
                                            .get(0));
                }
            }
        }
    }

    /** A number that the kernel reads on the CPU. */
    private static NDArray scalar(NDManager manager, double number) {
        return manager.newSubManager(Device.cpu()).create(number); // ()
    }

    /** What a function of the kernel answers for weights of the tower's type on this processor. */
    private boolean kernelSays(String function) {
        if (manager.getDevice().isGpu()) {
            return false;
        }
        try (NDManager scope = manager.newSubManager()) {
            NDArray type = scope.create((float) precision.code()); // ()
            return call(function).tensor(type).run(scope, false).getBoolean(0);
        } catch (IllegalStateException e) {
            return false; // it has no instructions for these 16 bits
        }
    }

    /** Adds low-rank changes, which are frozen and change nothing at first. */
    void adapt(Lora lora, long seed) {
        changes = LowRank.drawn(
                lora, parameters, config.layers(), seed, scalar(manager, lora.scale()), manager.newSubManager());
    }

    /** The parameters by Hugging Face name; empty for a fixed tower. */
    Map<String, Parameter> parameters() {
        return parameters;
    }

    /** What training changes, by name: the low-rank changes, or else all weights. */
    Map<String, Parameter> trainable() {
        return changes == null ? parameters : changes.parameters();
    }

    /**
     * @param function of the kernel
     * @param inputs on any device; the manager of the first one owns the result
     */
    NDArray run(String function, List<NDArray> inputs, boolean training) {
        return run(function, inputs, settings, training);
    }

    /** The same with other settings than the tower's own. */
    NDArray run(String function, List<NDArray> inputs, NDArray settings, boolean training) {
        NDManager owner = inputs.get(0).getManager();
        try (NDManager scope = owner.newSubManager()) {
            NativeKernel.Call call = callWithWeights(function, scope, training);
            inputs.forEach(call::tensor);
            return call.tensor(settings).run(owner, training);
        }
    }

    /** A call that has the weights already. */
    private NativeKernel.Call callWithWeights(String function, NDManager scope, boolean training) {
        return isKept(training) ? kept.call(function) : call(function).list(weightsFor(scope, training));
    }

    /** The same for a function that needs no graph: a way of texts through the frozen tower, there or back. */
    private NativeKernel.Call callForGradient(String function, NDManager scope) {
        if (!packsBothWays) {
            return callWithWeights(function, scope, true);
        }
        keptBothWays.keepAt(version.ofFrozen(), () -> eachAdapted(this::keepBothWays));
        return keptBothWays.call(function);
    }

    /** The same for a function that records, instead of a graph, what {@link #gradient} needs: its result, then the tape. */
    NDList record(String function, List<NDArray> inputs) {
        NDManager owner = inputs.get(0).getManager();
        try (NDManager scope = owner.newSubManager()) {
            NativeKernel.Call call = callForGradient(function, scope);
            inputs.forEach(call::tensor);
            return call.tensor(settings).runAll(owner, true);
        }
    }

    /**
     * @param function of the kernel
     * @param tape of {@link #record}
     * @param gradient of the result
     * @return the gradient of the first input
     */
    NDArray gradient(String function, NDList tape, NDArray gradient) {
        NDManager owner = gradient.getManager();
        try (NDManager scope = owner.newSubManager()) {
            return callForGradient(function, scope)
                    .list(tape)
                    .tensor(gradient)
                    .tensor(settings)
                    .run(owner, true);
        }
    }

    /** The weights that the function takes. */
    List<NDArray> weights() {
        return List.copyOf(arrays().values());
    }

    /** What learns the parameters. */
    TowerPart part(NDArray settings, NDManager owner) {
        return part(weights(), settings, owner);
    }

    private TowerPart part(List<NDArray> learning, NDArray settings, NDManager owner) {
        return config instanceof ClipConfig.Vision vision && vision.isConvolutional()
                ? new SmallNetwork.Part(learning)
                : new LearningPart(settings, learning, owner);
    }

    /** What learns the same weights, in the memory of the parameters, with gradients of their own. */
    TowerPart replica(NDArray settings, NDManager owner) {
        List<NDArray> copies = new ArrayList<>();
        for (NDArray weight : weights()) {
            PtNDArray copy = JniUtils.detachGradient((PtNDArray) weight);
            copy.attach(owner);
            if (weight.hasGradient()) {
                JniUtils.attachGradient(copy, true);
            }
            copies.add(copy);
        }
        return part(copies, settings, owner);
    }

    /** Adds the gradients of copies to those of the parameters, in the order of the copies, and sets the former to zero. */
    void addGradients(List<List<NDArray>> copies) {
        call("add_gradients")
                .list(weights())
                .list(copies.stream().flatMap(List::stream).toList())
                .run(manager, false)
                .close();
    }

    /** Whether training changes the weights themselves. */
    boolean learnsWeights() {
        return changes == null && isTrained();
    }

    /** A call of another function of the kernel. */
    NativeKernel.Call call(String function) {
        return NativeKernel.shared().call(function);
    }

    private boolean isTrained() {
        return Stream.concat(parameters.values().stream(), trainable().values().stream())
                .anyMatch(Parameter::requiresGradient);
    }

    /** The weights that the function takes. */
    private List<NDArray> weightsFor(NDManager scope, boolean training) {
        if (changes == null) {
            return weights();
        }
        return isTrained() ? changes.changed(arrays(), scope, training) : merged();
    }

    /** The weights of a frozen tower with its low-rank changes, in float32; added once. */
    private synchronized List<NDArray> merged() {
        if (mergedOwner == null || mergedVersion != version.ofFrozen()) {
            if (mergedOwner != null) {
                mergedOwner.close();
            }
            mergedOwner = manager.newSubManager();
            mergedVersion = version.ofFrozen();
            merged = adaptedWeights(mergedOwner);
        }
        return merged;
    }

    /** Called as in training, because a result without that may not enter a graph. */
    private List<NDArray> adaptedWeights(NDManager owner) {
        return changes == null ? weights() : changes.changed(arrays(), owner, true);
    }

    /**
     * Keeps the weights for this call and later ones, if they may be. Packed weights pass no gradients. Others do; in float32 there
     * is nothing to round in them, and the parameters themselves are used.
     */
    private synchronized boolean isKept(boolean training) {
        if (parameters.isEmpty()) {
            return true;
        }
        boolean trained = isTrained();
        boolean wanted = packs ? !training : !trained && precision != Precision.FP32;
        if (wanted) {
            kept.keepAt(trained ? version.ofTrained() : version.ofFrozen(), () -> eachAdapted(this::keep));
        } else {
            kept.forget();
        }
        return wanted;
    }

    private void keep(String name, NDArray weight) {
        boolean packed = packs && ClipWeights.isPackable(name, weight.getShape());
        kept.keep(packed ? "keep_packed" : "keep", weight, ClipWeights.kept(name, weight.getShape(), precision));
    }

    private void keepBothWays(String name, NDArray weight) {
        boolean packed = ClipWeights.isPackedBothWays(name, weight.getShape());
        keptBothWays.keep(
                packed ? "keep_packed_both_ways" : "keep",
                weight,
                ClipWeights.kept(name, weight.getShape(), precision));
    }

    /** Gives the sink the weights that the functions take, with low-rank changes, in their order. */
    private void eachAdapted(BiConsumer<String, NDArray> sink) {
        try (NDManager scope = manager.newSubManager()) {
            Iterator<String> names = arrays().keySet().iterator();
            adaptedWeights(scope).forEach(weight -> sink.accept(names.next(), weight));
        }
    }

    /** The weights that the functions take, in their order. */
    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.entrySet().stream()
                .skip(first)
                .forEach(weight -> arrays.put(weight.getKey(), weight.getValue().getArray()));
        return arrays;
    }
}
