package io.numclip.bench;

import io.numclip.image.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A JPEG in memory to an RGB image. */
public class Decode extends PartBenchmark {

    @Param({"500x375", "4000x3000"})
    private String size;

    private byte[] bytes;

    @Setup
    public void encode() throws IOException {
        bytes = Picture.of(size).jpeg();
    }

    @Benchmark
    public BufferedImage jpeg() throws IOException {
        return ImageDecoder.decode(bytes, size);
    }
}
