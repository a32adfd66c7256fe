package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.jspecify.annotations.Nullable;

/** What heads return. */
final class Outputs {

    private Outputs() {}

    /** @throws BrokenContractException if there is not exactly one array */
    static NDArray only(Object head, @Nullable NDList output) {
        if (output == null || output.size() != 1) {
            throw new BrokenContractException(
                    head, "returns " + (output == null ? "null" : output.size() + " arrays") + ", expected is one");
        }
        return output.get(0);
    }
}
