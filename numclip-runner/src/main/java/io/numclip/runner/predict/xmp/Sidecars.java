package io.numclip.runner.predict.xmp;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.OneLine;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes what was predicted for an image into a file of XMP beside it. What other programs have written there stays; the image
 * is not touched.
 */
public final class Sidecars {

    private static final List<String> FIELDS = List.of("value", "lower", "upper", "coverage", "concept");

    private final SidecarName names;
    private final List<Model> models;

    /** @param name behind those of its properties, such as {@code age}; empty for the only model */
    public record Model(String name, LabelScale scale) {

        private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_]"); // XML accepts fewer letters than Java

        private Property own(String field) {
            String ending = UNFIT.matcher(name)
                    .replaceAll(found -> "u" + Integer.toHexString(found.group().codePointAt(0)));
            return Property.own(ending.isEmpty() ? field : field + "_" + ending);
        }
    }

    public Sidecars(SidecarName names, List<Model> models) {
        this.names = names;
        this.models = List.copyOf(models);
    }

    /**
     * @param predictions one of each model, none of which has failed
     * @throws NumClipException if there is such a file that is no XMP, or belongs to another image
     */
    public void write(Path image, List<Prediction> predictions) throws IOException {
        Path file = names.of(image);
        byte[] before = RegularFile.exists(file) ? RegularFile.read(file) : new byte[0];
        try {
            Packet packet = before.length == 0 ? Packet.empty() : Packet.parse(before);
            if (names == SidecarName.SHORT) {
                claim(SidecarName.ending(image), packet);
            }
            for (int i = 0; i < models.size(); i++) {
                write(models.get(i), predictions.get(i), packet);
            }
            show(predictions, packet);
            byte[] now = packet.bytes();
            if (!Arrays.equals(before, now)) {
                AtomicFile.write(file, now);
            }
        } catch (NumClipException refusal) {
            throw new NumClipException(refusal.kind(), file + ": " + refusal.getMessage(), refusal.fix(), refusal);
        }
    }

    private static void claim(String ending, Packet packet) {
        String owner = packet.get(Property.ENDING).orElse(ending);
        if (!owner.equalsIgnoreCase(ending)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    "it belongs to the image of this name that ends in ." + owner,
                    "use --xmp, which gives each image a file of its own");
        }
        packet.set(Property.ENDING, owner);
    }

    private static void write(Model model, Prediction prediction, Packet packet) {
        Map<String, Object> known = prediction.fields();
        for (String field : FIELDS) {
            put(model.own(field), Optional.ofNullable(known.get(field)).map(String::valueOf), packet);
        }
        put(model.own("unit"), Optional.of(model.scale().unit()), packet);
        Optional<String> strange = Optional.ofNullable(prediction.familiarity())
                .map(familiarity -> familiarity.strange() ? "True" : "False"); // as XMP writes them
        put(model.own("strange"), strange, packet);
    }

    private static void put(Property property, Optional<String> text, Packet packet) {
        text.ifPresentOrElse(known -> packet.set(property, OneLine.printable(known)), () -> packet.remove(property));
    }

    /** Of two models that rate, the first is shown. */
    private void show(List<Prediction> predictions, Packet packet) {
        for (int i = models.size() - 1; i >= 0; i--) {
            LabelScale scale = models.get(i).scale();
            double value = predictions.get(i).value();
            Shown.of(scale).ifPresent(shown -> shown.show(shown.text(value, scale), packet));
        }
    }
}
