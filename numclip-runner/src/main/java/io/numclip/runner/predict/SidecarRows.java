package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.host.message.Diagnosis;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.predict.xmp.Sidecars;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the sidecar of an image before its row, so that an image whose row is kept has it. One that cannot be written is told,
 * and the others go on.
 */
record SidecarRows(RowWriter rows, Sidecars sidecars, Tally tally, Consumer<String> notices) implements RowWriter {

    private static final int MOST_TOLD = 20;

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        if (!predictions.get(0).isFailed()) {
            try {
                sidecars.write(image.file(), predictions);
            } catch (IOException | RuntimeException failure) {
                Diagnosis diagnosis = Diagnosis.of(failure);
                if (diagnosis.exitCode() == ExitCodes.STOPPED || diagnosis.exitCode() == ExitCodes.BUG) {
                    throw failure;
                }
                tell(image, diagnosis);
            }
        }
        rows.write(image, predictions);
    }

    private void tell(InputImage image, Diagnosis diagnosis) {
        tally.addWithoutSidecar();
        if (tally.withoutSidecar() <= MOST_TOLD) {
            notices.accept("no sidecar for " + PlainText.printable(image.name()) + ": "
                    + PlainText.printable(diagnosis.what()) + "; " + diagnosis.fix());
        } else if (tally.withoutSidecar() == MOST_TOLD + 1) {
            notices.accept("more images have no sidecar; only their number is shown");
        }
    }
}
