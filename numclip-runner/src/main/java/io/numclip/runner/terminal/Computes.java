package io.numclip.runner.terminal;

import java.util.concurrent.Callable;

/** A command that needs PyTorch: its library is loaded while the command reads its files. */
public interface Computes extends Callable<Integer> {}
