package io.numclip.clip.directory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.directory.TensorLayout.Stored;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts weights together to the tensors that a layout has: the reverse of {@link StoredWeights}. */
public final class LayoutTensors {

    private final TensorLayout layout;
    private final NDManager owner;
    private final Map<String, NDArray[]> parts = new LinkedHashMap<>();

    public LayoutTensors(TensorLayout layout, NDManager owner) {
        this.layout = layout;
        this.owner = owner;
    }

    /** @param weight its name in {@link ClipWeights} */
    public void add(String weight, NDArray value) {
        Stored stored = layout.stored(weight);
        NDArray part = stored.transposed() ? value.transpose().duplicate() : value;
        part.attach(owner);
        parts.computeIfAbsent(stored.tensor(), tensor -> new NDArray[stored.parts()])[stored.part()] = part;
    }

    public Map<String, NDArray> all() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parts.forEach(
                (tensor, each) -> tensors.put(tensor, each.length == 1 ? each[0] : NDArrays.concat(new NDList(each))));
        return tensors;
    }
}
