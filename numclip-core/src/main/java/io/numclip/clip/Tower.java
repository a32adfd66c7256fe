package io.numclip.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The weights of one tower, and how the kernel gets them. While any of them is trained, all are passed with every call
 * and rounded to 16 bits each time, if the precision has 16 bits; the weights of a frozen tower are rounded once and
 * kept by the kernel.
 */
final class Tower {

    /** Provides the array of a weight. */
    interface Source {
        NDArray read(NDManager manager, String name, Shape shape) throws IOException;
    }

    private final NativeKernel kernel;
    private final Map<String, Parameter> parameters;
    private final int first;
    private final Precision precision;
    private final NDManager manager;
    private final NDArray settings;
    private final ParameterVersion version;
    private boolean kept;
    private int keptVersion;

    private Tower(
            NDManager manager,
            Map<String, Parameter> parameters,
            int first,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version) {
        this.manager = manager;
        this.version = version;
        this.kernel = NativeKernel.load(manager);
        this.parameters = Collections.unmodifiableMap(parameters);
        this.first = first;
        this.precision = precision;
        // on the CPU, where the kernel reads them without waiting for a GPU
        this.settings = manager.newSubManager(Device.cpu()).create(TowerSettings.of(config, precision));
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
            Source source,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version)
            throws IOException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> weight : weights.entrySet()) {
            String name = weight.getKey();
            parameters.put(name, parameter(name, source.read(manager, name, weight.getValue())));
        }
        return new Tower(manager, parameters, first, config, precision, version);
    }

    /**
     * A tower that cannot be trained: it has no parameters, and its weights are kept in memory in one precision only.
     */
    static Tower fixed(
            NDManager manager,
            Map<String, Shape> weights,
            Source source,
            ClipConfig.TowerConfig config,
            Precision precision,
            ParameterVersion version)
            throws IOException {
        Tower tower = new Tower(manager, Map.of(), 0, config, precision, version);
        for (Map.Entry<String, Shape> weight : weights.entrySet()) {
            try (NDManager scope = manager.newSubManager()) {
                tower.keep(weight.getKey(), source.read(scope, weight.getKey(), weight.getValue()));
            }
        }
        tower.kept = true;
        return tower;
    }

    static Parameter parameter(String name, NDArray array) {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(array)
                .build();
        parameter.freeze(true);
        return parameter;
    }

    /** The parameters by Hugging Face name; empty for a fixed tower. */
    Map<String, Parameter> parameters() {
        return parameters;
    }

    /**
     * @param function of the kernel; {@code kept_function} is the same with the kept weights
     * @param inputs on any device; the manager of the first one owns the result
     */
    NDArray run(String function, List<NDArray> inputs, boolean training) {
        NativeKernel.Call call = isKept() ? kernel.call("kept_" + function) : withWeights(kernel.call(function));
        inputs.forEach(call::tensor);
        return call.tensor(settings).run(inputs.get(0).getManager(), training);
    }

    /** A call of another function of the kernel. */
    NativeKernel.Call call(String function) {
        return kernel.call(function);
    }

    private NativeKernel.Call withWeights(NativeKernel.Call call) {
        return call.list(arrays(parameters.values()).subList(first, parameters.size()));
    }

    /** In float32 there is nothing to round, and the parameters themselves are used. */
    private synchronized boolean isKept() {
        if (parameters.isEmpty()) {
            return true;
        }
        boolean wanted =
                precision != Precision.FP32 && parameters.values().stream().noneMatch(Parameter::requiresGradient);
        if (kept && (!wanted || keptVersion != version.ofFrozen())) {
            kernel.call("forget").tensor(settings).run(settings.getManager(), true);
            kept = false;
        }
        if (wanted && !kept) {
            keptVersion = version.ofFrozen();
            parameters.entrySet().stream()
                    .skip(first)
                    .forEach(weight -> keep(weight.getKey(), weight.getValue().getArray()));
            kept = true;
        }
        return wanted;
    }

    /**
     * Calls with {@code training}: gradients pass through kept weights, and a result without it may not enter a graph.
     */
    private void keep(String name, NDArray weight) {
        try (NDManager scope = manager.newSubManager(Device.cpu())) {
            NDArray type =
                    scope.create((float) (ClipWeights.isMultiplied(name) ? precision : Precision.FP32).code()); // ()
            kernel.call("keep").tensor(weight).tensor(type).run(scope, true);
        }
    }

    private static List<NDArray> arrays(Collection<Parameter> parameters) {
        return parameters.stream().map(Parameter::getArray).collect(Collectors.toList());
    }
}
