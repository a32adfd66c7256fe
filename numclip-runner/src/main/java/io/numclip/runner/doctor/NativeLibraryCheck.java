package io.numclip.runner.doctor;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import io.numclip.clip.kernel.NativeLibrary;
import java.util.List;

/** Loads libtorch, as the first step of every command that computes does. */
final class NativeLibraryCheck implements Check {

    @Override
    public List<CheckResult> results() {
        Engine engine = NativeLibrary.engine();
        String own = System.getenv("PYTORCH_LIBRARY_PATH");
        String place = own == null ? Utils.getEngineCacheDir("pytorch").toString() : own;
        return List.of(CheckResult.ok(
                "libtorch",
                "libtorch " + engine.getVersion() + " is loaded, from " + place + ", without the network."));
    }
}
