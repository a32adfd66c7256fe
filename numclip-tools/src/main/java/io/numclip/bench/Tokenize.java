package io.numclip.bench;

import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A prompt to token ids. The embedded CLIP has a small vocabulary; name another with {@code -p model=DIR}. */
public class Tokenize extends PartBenchmark {

    @Param(ShippedModel.EMBEDDED)
    private String model;

    private ClipTokenizer tokenizer;

    @Setup
    public void load() throws IOException {
        Path directory = ModelSource.parse(model).directory();
        tokenizer = ClipTokenizer.load(
                directory, ClipDirectory.config(directory).text().contextLength());
    }

    @Benchmark
    public long[] prompt() {
        return tokenizer.encode("age estimation: the person is a middle adult.");
    }

    @TearDown
    public void close() {
        tokenizer.close();
    }
}
