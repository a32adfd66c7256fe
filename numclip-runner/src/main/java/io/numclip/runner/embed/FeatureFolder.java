package io.numclip.runner.embed;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.PlainText;
import io.numclip.storage.FolderLock;
import io.numclip.storage.NamedFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Features of image files, written as they come: {@code features.npy} with a row for each file, NaN where it could not
 * be read, and {@code images.csv} with the columns {@code row,file,error}. Complete up to the last file, even if the
 * program is stopped.
 */
public final class FeatureFolder implements AutoCloseable {

    private static final String FEATURES = "features.npy";
    private static final String IMAGES = "images.csv";

    private final FolderLock lock;
    private final NpyWriter features;
    private final Path file;
    private final BufferedWriter text;
    private final CsvWriter images;
    private final float[] missing;
    private long row;

    private FeatureFolder(FolderLock lock, NpyWriter features, Path file, BufferedWriter text, int dimension) {
        this.lock = lock;
        this.features = features;
        this.file = file;
        this.text = text;
        this.images = CsvWriter.builder().bufferSize(0).build(text);
        this.missing = new float[dimension];
        Arrays.fill(missing, Float.NaN);
        images.writeRecord("row", "file", "error");
    }

    /** @throws NumClipException if the folder already has such files, or another process writes there */
    public static FeatureFolder create(Path folder, int dimension) throws IOException {
        FolderLock lock = FolderLock.take(folder);
        try {
            return create(lock, folder, dimension);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FeatureFolder create(FolderLock lock, Path folder, int dimension) throws IOException {
        for (String name : new String[] {FEATURES, IMAGES}) {
            if (Files.exists(folder.resolve(name))) {
                throw new NumClipException(
                        Kind.OUTPUT, folder.resolve(name) + " already exists", "name another folder with --out");
            }
        }
        NpyWriter features = NpyWriter.create(folder.resolve(FEATURES), dimension);
        try {
            Path file = folder.resolve(IMAGES);
            return new FeatureFolder(lock, features, file, Files.newBufferedWriter(file), dimension);
        } catch (IOException e) {
            features.close();
            throw e;
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

    private void record(String image, String error) throws IOException {
        NamedFailure.of(
                file, () -> images.writeRecord(String.valueOf(row), PlainText.cell(image), PlainText.cell(error)));
        row++;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                features) {
            NamedFailure.of(file, () -> {
                text.close();
                return file;
            });
        }
    }
}
