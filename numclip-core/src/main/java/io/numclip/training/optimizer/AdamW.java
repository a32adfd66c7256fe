package io.numclip.training.optimizer;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), equal to {@code torch.optim.AdamW}. */
public final class AdamW extends Optimizer {

    /** Enables gradients for the parameters; the state lives in a child of {@code parent}. */
    public AdamW(List<Group> groups, NDManager parent) {
        super("adamw_step", groups, parent);
    }
}
