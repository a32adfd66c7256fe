package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.message.Diagnosis;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.predict.xmp.Packet;
import io.numclip.runner.predict.xmp.Packet.Property;
import io.numclip.runner.predict.xmp.Shown;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a sidecar, a file of XMP beside an image, before the row of the image, so that an image whose row is kept has it. One
 * that cannot be written is told, and the others go on.
 */
record SidecarRows(RowWriter rows, List<LabelledModel> models, Tally tally, Consumer<String> notices)
        implements RowWriter {

    private static final int MOST_TOLD = 20;
    private static final List<String> FIELDS =
            List.of("value", "unit", "lower", "upper", "coverage", "concept", "strange");

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        if (!predictions.get(0).isFailed()) {
            try {
                writeSidecar(image.file(), predictions);
            } catch (IOException | NumClipException failure) {
                Diagnosis diagnosis = Diagnosis.of(failure);
                if (diagnosis.exitCode() == ExitCodes.STOPPED) {
                    throw failure;
                }
                tell(image.name() + ": " + diagnosis.what() + "; " + diagnosis.fix());
            }
        }
        rows.write(image, predictions);
    }

    private void tell(String problem) {
        long count = tally.addWithoutSidecar();
        if (count <= MOST_TOLD) {
            notices.accept("no sidecar for " + PlainText.printable(problem));
        } else if (count == MOST_TOLD + 1) {
            notices.accept("more images have no sidecar; only their number is shown");
        }
    }

    private void writeSidecar(Path image, List<Prediction> predictions) throws IOException {
        Path file = image.resolveSibling(image.getFileName() + ".xmp"); // as darktable and digiKam call it
        byte[] before = RegularFile.exists(file) ? RegularFile.read(file) : new byte[0];
        Packet packet = Packet.parse(file, before);
        for (int i = models.size() - 1; i >= 0; i--) { // of two models that rate, the first is shown
            LabelledModel model = models.get(i);
            write(model, predictions.get(i), packet);
            Shown.of(model.scale(), predictions.get(i).value()).ifPresent(shown -> shown.writeTo(packet));
        }
        byte[] now = packet.bytes();
        if (!Arrays.equals(before, now)) {
            AtomicFile.write(file, now);
        }
    }

    private static void write(LabelledModel model, Prediction prediction, Packet packet) {
        Map<String, Object> known = prediction.fields();
        known.put("unit", model.scale().unit());
        known.computeIfPresent("strange", (name, strange) -> strange.equals(true) ? "True" : "False"); // XMP's words
        for (String field : FIELDS) {
            Property property = Property.own(field + model.suffix());
            packet.remove(property);
            if (known.containsKey(field)) {
                packet.set(property, PlainText.printable(known.get(field).toString()));
            }
        }
    }
}
