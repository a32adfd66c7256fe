package io.numclip.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * Parameters as views that belong to the manager of one step. The engine attaches a result to the manager of an
 * operand; without views, results of operations on parameters would accumulate in the manager of the model.
 */
public final class ScopedParameters extends ParameterStore {

    /** @param scope ends with the step */
    public ScopedParameters(NDManager scope) {
        super(scope, false); // without arguments it makes a manager that nobody closes
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return view(parameter);
    }

    NDArray view(Parameter parameter) {
        return view(parameter.getArray(), getManager());
    }

    /** The same values, owned by the scope. Gradients reach the array. */
    public static NDArray view(NDArray array, NDManager scope) {
        NDArray view = array.reshape(array.getShape());
        view.attach(scope);
        return view;
    }
}
