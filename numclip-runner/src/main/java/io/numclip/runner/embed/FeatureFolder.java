package io.numclip.runner.embed;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.PlainText;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Features of image files, written as they come: {@code features.npy} with a row for each file, NaN where it could not
 * be read, and {@code images.csv} with the columns {@code row,file,error}. Both get their names when they are complete.
 */
public final class FeatureFolder {

    private static final String FEATURES = "features.npy";
    private static final String IMAGES = "images.csv";
    private static final String[] HEADER = {"row", "file", "error"};

    private final NpyWriter features;
    private final CsvWriter images;
    private final float[] missing;
    private long row;

    /** Gives all features. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FeatureFolder folder) throws IOException;
    }

    private FeatureFolder(NpyWriter features, Writer text, int dimension) {
        this.features = features;
        this.images = CsvWriter.builder().bufferSize(0).build(text);
        this.missing = new float[dimension];
        Arrays.fill(missing, Float.NaN);
        images.writeRecord(HEADER);
    }

    /**
     * Writes both files, or none if the content fails.
     *
     * @throws NumClipException if the folder already has such files, or another process writes there
     */
    public static void write(Path folder, int dimension, Content content) throws IOException {
        FolderLock.during(folder, () -> {
            refuseWhatIsThere(folder);
            AtomicFile.write(folder.resolve(FEATURES), channel -> {
                NpyWriter features = new NpyWriter(channel, dimension);
                AtomicFile.writeText(
                        folder.resolve(IMAGES), text -> content.writeTo(new FeatureFolder(features, text, dimension)));
                features.finish();
            });
            return folder;
        });
    }

    /** A list of images without features is ours, left by a command that was killed before the features had their name. */
    private static void refuseWhatIsThere(Path folder) throws IOException {
        Path images = folder.resolve(IMAGES);
        refuseIf(Files.exists(images) && !isList(images), images);
        refuseIf(Files.exists(folder.resolve(FEATURES)), folder.resolve(FEATURES));
    }

    private static void refuseIf(boolean isThere, Path file) {
        if (isThere) {
            throw new NumClipException(Kind.OUTPUT, file + " already exists", "name another folder with --out");
        }
    }

    private static boolean isList(Path file) throws IOException {
        String header = String.join(",", HEADER) + "\n";
        try (var bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(header.length()), StandardCharsets.UTF_8).equals(header);
        }
    }

    /** @param feature D values */
    public void write(String file, float[] feature) throws IOException {
        features.write(feature);
        record(file, "");
    }

    public void writeFailed(String file, String error) throws IOException {
        features.write(missing);
        record(file, error);
    }

    private void record(String image, String error) {
        images.writeRecord(String.valueOf(row), PlainText.cell(image), PlainText.cell(error));
        row++;
    }
}
