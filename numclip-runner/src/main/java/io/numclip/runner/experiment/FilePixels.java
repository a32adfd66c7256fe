package io.numclip.runner.experiment;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.PixelBatches;
import io.numclip.data.ImageDecoder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pixels of image files. A reason why there are none leaves out the name of the file. */
public record FilePixels(List<Path> files, ClipPreprocessor preprocessor) implements PixelBatches.Reader {

    @Override
    public void read(int index, FloatBuffer pixels) throws IOException {
        Path file = files.get(index);
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        try {
            preprocessor.write(ImageDecoder.rows(file), pixels);
        } catch (IOException e) {
            throw new IOException(reason(file, e), e);
        }
    }

    private static String reason(Path file, IOException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.startsWith(file + ": ")
                ? message.substring(file.toString().length() + 2)
                : message;
    }
}
