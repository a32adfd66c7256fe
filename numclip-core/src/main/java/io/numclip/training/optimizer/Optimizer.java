package io.numclip.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.kernel.Gradients;
import io.numclip.clip.kernel.NativeKernel;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of Adam's family, with betas 0.9 and 0.999 and eps 1e-8. Its state can be saved, which no optimizer of DJL offers. A
 * parameter without a gradient does not change.
 */
public abstract sealed class Optimizer implements AutoCloseable permits RAdam, AdamW {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final String AVERAGE = ".average";
    private static final String SQUARE = ".square";

    /**
     * Parameters that share a learning rate and a weight decay.
     *
     * @param weightDecay times a parameter is added to its gradient (RAdam) or, times the learning rate too, taken away from the
     *     parameter (AdamW)
     * @param parameters by name; names are unique over all groups
     */
    public record Group(double learningRate, double weightDecay, Map<String, Parameter> parameters) {}

    private static final class Moments {
        private final Parameter parameter;
        private final Group group;
        private final NDArray average;
        private final NDArray square;
        private long steps; // taken

        Moments(Parameter parameter, Group group, NDManager manager) {
            this.parameter = parameter;
            this.group = group;
            average = manager.zeros(parameter.getArray().getShape());
            square = manager.zeros(parameter.getArray().getShape());
        }

        Rate rate(double factor) {
            return new Rate(group.learningRate() * factor, group.weightDecay(), steps + 1);
        }
    }

    /** What one native call has for all of its parameters. */
    private record Rate(double learningRate, double weightDecay, long step) {}

    /** Which one. */
    public enum Choice {
        /** {@link RAdam}. */
        RADAM {
            @Override
            public Optimizer of(List<Group> groups, NDManager parent) {
                return new RAdam(groups, parent);
            }
        },
        /** {@link AdamW}. */
        ADAMW {
            @Override
            public Optimizer of(List<Group> groups, NDManager parent) {
                return new AdamW(groups, parent);
            }
        };

        /** Enables gradients for the parameters; the state lives in a child of {@code parent}. */
        public abstract Optimizer of(List<Group> groups, NDManager parent);
    }

    private final String function;
    private final NDManager manager;
    private final Map<String, Moments> moments = new LinkedHashMap<>();

    /**
     * Enables gradients for the parameters; the state lives in a child of {@code parent}.
     *
     * @param function of the kernel that takes a step
     */
    Optimizer(String function, List<Group> groups, NDManager parent) {
        this.function = function;
        manager = parent.newSubManager();
        for (Group group : groups) {
            group.parameters().forEach((name, parameter) -> {
                parameter.freeze(false);
                moments.put(name, new Moments(parameter, group, manager));
            });
        }
    }

    /** Bytes of the parameters; {@link #save} writes twice as many. */
    public final long parameterBytes() {
        return moments.values().stream()
                        .mapToLong(each -> each.parameter.getArray().size())
                        .sum()
                * Float.BYTES;
    }

    /** Whether every gradient is free of NaN and infinity. */
    public final boolean gradientsAreFinite() {
        return isSumFinite(
                "sum_of_gradients",
                moments.values().stream().map(each -> each.parameter.getArray()).toList());
    }

    /**
     * Whether a sum of many elements is finite, with one number read from the device; else one of them may be infinite, or NaN.
     *
     * @param function of the kernel that takes the sum
     */
    private boolean isSumFinite(String function, List<NDArray> arrays) {
        try (NDManager scope = manager.newSubManager()) {
            return arrays.isEmpty()
                    || Float.isFinite(NativeKernel.shared()
                            .call(function)
                            .list(arrays)
                            .run(scope, false)
                            .getFloat());
        }
    }

    /** The name of the first parameter whose gradient has NaN or infinity; empty if only all of them together do. */
    public final Optional<String> firstNonFiniteGradient() {
        try (NDManager scope = manager.newSubManager()) {
            return moments.entrySet().stream()
                    .filter(each -> {
                        NDArray gradient =
                                Gradients.of(each.getValue().parameter.getArray(), scope);
                        return gradient != null && !isFinite(gradient);
                    })
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /** The first parameter or moment that has NaN or infinity; empty if there is none. */
    public final Optional<String> firstNonFinite() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        moments.forEach((name, each) -> {
            state.put(name, each.parameter.getArray());
            state.put(name + AVERAGE, each.average);
            state.put(name + SQUARE, each.square);
        });
        return isSumFinite("sum_of_all", List.copyOf(state.values()))
                ? Optional.empty()
                : state.entrySet().stream()
                        .filter(each -> !isFinite(each.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private boolean isFinite(NDArray array) {
        try (NDManager scope = manager.newSubManager()) {
            return Float.isFinite(detached(array, scope).abs().max().getFloat()); // the maximum of NaN is NaN
        }
    }

    private static NDArray detached(NDArray array, NDManager scope) {
        NDArray detached = array.stopGradient();
        detached.attach(scope);
        return detached;
    }

    /**
     * One step along the gradients, which are set to zero afterwards.
     *
     * @param decay factor on every learning rate
     */
    public final void step(double decay) {
        Map<Rate, List<Moments>> batches = new LinkedHashMap<>();
        for (Moments each : moments.values()) {
            batches.computeIfAbsent(each.rate(decay), rate -> new ArrayList<>()).add(each);
        }
        batches.forEach(this::step);
    }

    /** A step of those that share a rate, by one native call. */
    private void step(Rate rate, List<Moments> some) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray settings = scope.create(
                    new double[] {rate.learningRate(), BETA1, BETA2, EPSILON, rate.weightDecay(), rate.step()}); // (6)
            boolean[] moved = NativeKernel.shared()
                    .call(function)
                    .list(some.stream().map(each -> each.parameter.getArray()).toList())
                    .list(some.stream().map(each -> each.average).toList())
                    .list(some.stream().map(each -> each.square).toList())
                    .tensor(settings)
                    .run(scope, false)
                    .toBooleanArray(); // (parameters)
            for (int i = 0; i < moved.length; i++) {
                some.get(i).steps += moved[i] ? 1 : 0;
            }
        }
    }

    public final void zeroGradients() {
        try (NDManager scope = manager.newSubManager()) {
            for (Moments each : moments.values()) {
                if (Gradients.of(each.parameter.getArray(), scope) != null) {
                    JniUtils.zeroGrad((PtNDArray) each.parameter.getArray());
                }
            }
        }
    }

    /** Writes moments and step counts as safetensors. */
    public final void save(Path file) throws IOException {
        Map<String, NDArray> tensors = new TreeMap<>();
        Map<String, String> steps = new TreeMap<>();
        moments.forEach((name, each) -> {
            tensors.put(name + AVERAGE, each.average);
            tensors.put(name + SQUARE, each.square);
            steps.put(name, Long.toString(each.steps));
        });
        SafetensorsWriter.write(file, tensors, SafetensorsWriter.Type.F32, steps);
    }

    /** Resumes from the saved state of an optimizer over the same parameters. */
    public final void load(Path file) throws IOException {
        try (NDManager scope = manager.newSubManager();
                Safetensors state = Safetensors.open(file)) {
            List<String> unknown = new ArrayList<>(state.metadata().keySet());
            unknown.removeAll(moments.keySet());
            if (!unknown.isEmpty() || state.metadata().size() != moments.size()) {
                throw new NumClipException(
                        Kind.DATA,
                        file + ": expected the state of " + moments.size() + " parameters, found "
                                + state.metadata().size() + ", without a match: " + unknown,
                        "Resume with the configuration that the checkpoint was made with, or start a new run.");
            }
            for (Map.Entry<String, Moments> entry : moments.entrySet()) {
                NDIndex all = new NDIndex("...");
                Moments each = entry.getValue();
                each.average.set(all, state.array(entry.getKey() + AVERAGE, scope));
                each.square.set(all, state.array(entry.getKey() + SQUARE, scope));
                each.steps = Long.parseLong(state.metadata().get(entry.getKey()));
            }
        }
    }

    @Override
    public final void close() {
        manager.close();
    }
}
