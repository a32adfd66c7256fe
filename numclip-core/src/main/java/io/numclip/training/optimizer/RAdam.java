package io.numclip.training.optimizer;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** Rectified Adam (Liu et al., ICLR 2020), equal to {@code torch.optim.RAdam}; its weight decay is not decoupled. */
public final class RAdam extends Optimizer {

    /** Enables gradients for the parameters; the state lives in a child of {@code parent}. */
    public RAdam(List<Group> groups, NDManager parent) {
        super("radam_step", groups, parent);
    }
}
