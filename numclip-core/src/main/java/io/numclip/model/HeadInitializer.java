package io.numclip.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.numclip.storage.SeededHash;

/**
 * Initialises heads so that each parameter starts from random numbers of its own, by the seed of the run and its name.
 * Whoever wrote its initializer, the engine has the parameter's seed while it runs, and it runs on the CPU: the numbers
 * are the same on every device.
 */
record HeadInitializer(NDManager manager, long seed) {

    /** @param prefix of the names of the head's parameters; a head that is initialised stays as it is */
    void initialize(Block head, String prefix, Shape... inputs) {
        if (head.isInitialized()) {
            return;
        }
        Engine engine = manager.getEngine();
        synchronized (engine) { // its seed is one for all threads
            head.getParameters().forEach(each -> seed(each.getValue(), prefix + each.getKey()));
            engine.setRandomSeed(seedOf(prefix)); // for parameters that the head adds when it knows its inputs
            head.initialize(manager, DataType.FLOAT32, inputs);
        }
    }

    private void seed(Parameter parameter, String name) {
        Initializer own = parameter.getInitializer();
        if (own != null) {
            parameter.setInitializer((owner, shape, type) -> initialize(own, seedOf(name), owner, shape, type));
        }
    }

    private static NDArray initialize(Initializer own, int seed, NDManager owner, Shape shape, DataType type) {
        try (NDManager cpu = owner.newSubManager(Device.cpu())) {
            cpu.getEngine().setRandomSeed(seed);
            NDArray values = own.initialize(cpu, shape, type).duplicate(); // in memory of its own
            NDArray moved = values.toDevice(owner.getDevice(), false);
            moved.attach(owner);
            return moved;
        }
    }

    private int seedOf(String name) {
        return Long.hashCode(new SeededHash(seed).of(name));
    }
}
