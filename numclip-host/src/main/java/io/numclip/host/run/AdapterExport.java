package io.numclip.host.run;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.lora.PeftAdapter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.result.RunFolder;
import io.numclip.model.ModelDirectory;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the low-rank changes of a run as an adapter that PEFT loads. */
public final class AdapterExport {

    private AdapterExport() {}

    /**
     * @param directory does not exist or is empty
     * @throws NumClipException if it holds something, or the run has no low-rank changes
     */
    public static void toPeft(RunFolder run, Path directory) throws IOException {
        AtomicFolder.requireFree(directory);
        ModelDirectory model = ModelDirectory.open(run.model());
        Lora lora = model.lora()
                .orElseThrow(() -> new NumClipException(
                        Kind.DATA,
                        run.path() + ": its CLIP has no low-rank changes",
                        "Train with training.lora, or with --method clip-lora."));
        requireBothTowers(run, model.baseReference());
        try (NDManager manager = NativeLibrary.engine().newBaseManager()) {
            PeftAdapter.write(directory, lora, model.weights(), model.baseReference(), manager);
        }
    }

    /** The modules of an image tower that stands alone have other names, by which PEFT would not find them. */
    private static void requireBothTowers(RunFolder run, String base) throws IOException {
        Path directory = Path.of(base);
        if (Files.isDirectory(directory) && !ClipDirectory.config(directory).hasText()) {
            throw new NumClipException(
                    Kind.DATA,
                    run.path() + ": its model has an image tower only; an adapter of PEFT needs both towers",
                    "Hand the whole model on: --to model.");
        }
    }
}
