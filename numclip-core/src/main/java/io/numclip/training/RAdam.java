package io.numclip.training;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Rectified Adam (Liu et al., ICLR 2020), equal to {@code torch.optim.RAdam} with betas 0.9 and 0.999, eps 1e-8 and no
 * weight decay. Its state can be saved, which no optimizer of DJL's offers.
 */
public final class RAdam implements AutoCloseable {

    /**
     * Parameters that share a learning rate.
     *
     * @param parameters by name; names are unique over all groups
     */
    public record Group(double learningRate, Map<String, Parameter> parameters) {}

    /** Lets the parameters collect gradients; the state lives in a child of {@code manager}. */
    public RAdam(List<Group> groups, NDManager manager) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether every gradient is free of NaN and infinity. */
    public boolean gradientsAreFinite() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * One step along the gradients, which are zero afterwards.
     *
     * @param decay every learning rate is multiplied by this
     */
    public void step(double decay) {
        throw new UnsupportedOperationException("not yet");
    }

    public void zeroGradients() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes moments and step counts as safetensors. */
    public void save(Path file) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Goes on from a saved state of an optimizer over the same parameters. */
    public void load(Path file) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
