package io.numclip.runner.terminal;

import java.util.concurrent.Callable;

/** A command that may need PyTorch: its library is loaded while the command reads its files. */
public interface Computes extends Callable<Integer> {

    /** Whether it does with what it was given; exported files do not need it. */
    default boolean needsPyTorch() {
        return true;
    }
}
