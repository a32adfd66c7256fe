package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import io.numclip.host.explain.OcclusionMap;
import io.numclip.runner.inputs.InputImage;
import io.numclip.storage.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes a picture of where the number of the first model comes from, before the row of the image. */
record MapRows(RowWriter rows, NumClip model, Path folder, Tally tally) implements RowWriter {

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        if (!predictions.get(0).isFailed()) {
            BufferedImage picture = model.seen(image.image());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(OcclusionMap.of(model, picture).over(picture), "png", bytes);
            Files.createDirectories(folder);
            AtomicFile.write(folder.resolve(name(image)), bytes.toByteArray());
        }
        rows.write(image, predictions);
    }

    /** With the number of the row, as several folders may have files of one name. */
    private String name(InputImage image) {
        return String.format(
                Locale.ROOT, "%06d-%s.png", tally.done() + 1, image.file().getFileName());
    }
}
