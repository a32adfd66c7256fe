package io.numclip.host.run;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.Lora;
import io.numclip.clip.PeftAdapter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the low-rank changes of a run as an adapter that PEFT loads. */
public final class AdapterExport {

    private AdapterExport() {}

    /**
     * Replaces the content of the directory.
     *
     * @throws NumClipException if the run has no low-rank changes
     */
    public static void toPeft(RunFolder run, Path directory) throws IOException {
        ModelDirectory model = ModelDirectory.open(run.model());
        Lora lora = model.lora()
                .orElseThrow(() -> new NumClipException(
                        Kind.DATA,
                        run.path() + ": its CLIP has no low-rank changes",
                        "Train with training.lora, or with --method clip-lora."));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            PeftAdapter.write(directory, lora, model.weights(), model.baseReference(), manager);
        }
    }
}
