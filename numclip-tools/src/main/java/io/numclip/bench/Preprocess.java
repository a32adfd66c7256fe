package io.numclip.bench;

import io.numclip.clip.pixels.ClipPreprocessor;
import java.awt.image.BufferedImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** An RGB image to the pixels of CLIP: resized to 224, cropped, normalised. */
public class Preprocess extends PartBenchmark {

    @Param({"500x375", "4000x3000"})
    private String size;

    private final ClipPreprocessor preprocessor = ClipPreprocessor.standard(VisionTransformer.IMAGE_SIZE);
    private BufferedImage image;

    @Setup
    public void draw() {
        image = Picture.of(size).image();
    }

    @Benchmark
    public float[] pixels() {
        return preprocessor.pixels(image);
    }
}
