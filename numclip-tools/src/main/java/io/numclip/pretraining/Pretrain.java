package io.numclip.pretraining;

import io.numclip.runner.Main;
import java.util.Map;

/** The program of {@code numclip-tools/pretrain}. */
public final class Pretrain {

    private Pretrain() {}

    public static void main(String[] arguments) {
        Main.run(services -> Map.of("pretrain", () -> new PretrainCommand(services)), arguments);
    }
}
