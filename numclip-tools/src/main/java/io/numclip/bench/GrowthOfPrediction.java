package io.numclip.bench;

import io.numclip.data.LabeledImage;
import io.numclip.input.ImageBatches;
import io.numclip.input.PixelBatch;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Seconds for each image, and memory at the end, of predicting many images, which are drawn on the fly. */
@Command(name = "GrowthOfPrediction", description = "Prints the seconds for each image, and the memory at the end.")
public final class GrowthOfPrediction implements Callable<String> {

    private static final int SIDE = SmallClip.IMAGE_SIZE;

    @Parameters(index = "0", paramLabel = "IMAGES", description = "how many")
    private int count;

    @Parameters(index = "1", paramLabel = "BATCH", description = "images that are predicted at a time")
    private int batchSize;

    @Parameters(index = "2", paramLabel = "WARM-UP", description = "images before, so that everything is compiled")
    private int warmUp;

    public static void main(String[] arguments) {
        System.exit(Program.run(new GrowthOfPrediction(), arguments));
    }

    @Override
    public String call() throws IOException {
        try (NumClipPredictor predictor = SmallClip.predictor()) {
            predict(predictor, warmUp);
            long start = System.nanoTime();
            predict(predictor, count);
            double seconds = (System.nanoTime() - start) / 1e9;
            return Program.line("seconds-per-image", seconds / count) + "\n"
                    + Resident.now().lines();
        }
    }

    private void predict(NumClipPredictor predictor, int images) {
        List<LabeledImage> drawn = NoiseImages.of(images, SIDE);
        try (ImageBatches pixels = new ImageBatches(drawn, predictor.preprocessor(), 0, (name, reason) -> {})) {
            int[] order = IntStream.range(0, images).toArray();
            Iterator<PixelBatch> batches = pixels.batches(order, batchSize);
            while (batches.hasNext()) {
                predictor.predict(batches.next());
            }
        }
    }
}
