package io.numclip.runner.command;

import io.numclip.data.ImageDecoder;
import io.numclip.data.Prediction;
import io.numclip.runner.report.PredictedFile;
import io.numclip.runner.report.PredictionWriter;
import io.numclip.training.Stopping;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Files to predictions, a batch at a time; a file that cannot be read becomes a row with the reason. */
final class FilePredictions {

    private static final int BATCH = 16;

    private record Decoded(
            Path file,
            @Nullable BufferedImage image,
            @Nullable String error) {}

    private final Function<List<BufferedImage>, List<Prediction>> predictor;

    FilePredictions(Function<List<BufferedImage>, List<Prediction>> predictor) {
        this.predictor = predictor;
    }

    /** @return how many files failed */
    int write(List<Path> files, PredictionWriter writer) throws IOException {
        int failed = 0;
        for (int start = 0; start < files.size(); start += BATCH) {
            Stopping.ifAsked();
            List<Path> batch = files.subList(start, Math.min(files.size(), start + BATCH));
            for (PredictedFile file : predict(batch)) {
                failed += file.error() == null ? 0 : 1;
                writer.write(file);
            }
        }
        return failed;
    }

    private List<PredictedFile> predict(List<Path> files) {
        List<Decoded> decoded =
                files.parallelStream().map(FilePredictions::decode).toList();
        List<BufferedImage> images = new ArrayList<>();
        decoded.stream().map(Decoded::image).filter(image -> image != null).forEach(images::add);
        List<Prediction> predictions = images.isEmpty() ? List.of() : predictor.apply(images);
        List<PredictedFile> rows = new ArrayList<>();
        int next = 0;
        for (Decoded file : decoded) {
            String name = file.file().toString();
            rows.add(
                    file.error() == null
                            ? PredictedFile.of(name, predictions.get(next++))
                            : PredictedFile.failed(name, file.error()));
        }
        return rows;
    }

    private static Decoded decode(Path file) {
        if (!Files.exists(file)) {
            return new Decoded(file, null, "there is no such file");
        }
        try {
            return new Decoded(file, ImageDecoder.decode(file), null);
        } catch (IOException | RuntimeException failure) {
            return new Decoded(file, null, reason(file, failure));
        }
    }

    /** The message without the file's name in front, which the row has anyway. */
    private static String reason(Path file, Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        for (String prefix : List.of(file + ": ", file.getFileName() + ": ")) {
            if (message.startsWith(prefix)) {
                return message.substring(prefix.length());
            }
        }
        return message;
    }
}
