package io.numclip.runner.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ClipTokenizer;
import io.numclip.clip.ModelSource;
import io.numclip.clip.Precision;
import io.numclip.data.ImageDecoder;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CLIP as it is, for embeddings: D numbers for an image or a text, not normalised. */
public final class ClipEmbeddings implements AutoCloseable {

    private final ClipBackbone backbone;
    private final ClipPreprocessor preprocessor;
    private final ClipTokenizer tokenizer;

    private ClipEmbeddings(ClipBackbone backbone, ClipPreprocessor preprocessor, ClipTokenizer tokenizer) {
        this.backbone = backbone;
        this.preprocessor = preprocessor;
        this.tokenizer = tokenizer;
    }

    /** An image's file and its D numbers. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record ImageEmbedding(String file, float[] embedding) {}

    /** A text, its token ids with start and end, and its D numbers. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record TextEmbedding(String text, long[] ids, float[] embedding) {}

    /** @param model {@code embedded}, or a Hugging Face CLIP directory */
    public static ClipEmbeddings open(String model, String device, Precision precision) throws IOException {
        Path directory = ModelSource.parse(model).directory();
        ClipPreprocessor preprocessor = ClipPreprocessor.load(directory);
        ClipBackbone backbone = ClipBackbone.load(directory, Devices.parse(device), precision);
        ClipTokenizer tokenizer = ClipTokenizer.load(
                directory,
                backbone.config().text().contextLength(),
                backbone.config().text().vocabSize());
        return new ClipEmbeddings(backbone, preprocessor, tokenizer);
    }

    public List<ImageEmbedding> images(List<Path> files) throws IOException {
        List<ImageEmbedding> embeddings = new ArrayList<>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new NumClipException(
                        NumClipException.Kind.MISSING, file + ": there is no such file", "check the path");
            }
            float[] pixels = preprocessor.pixels(ImageDecoder.decode(file));
            try (NDManager manager = backbone.manager().newSubManager()) {
                Shape shape = new Shape(1, 3, preprocessor.height(), preprocessor.width());
                NDArray features = backbone.encodeImages(manager.create(pixels, shape), false); // (1, D)
                embeddings.add(new ImageEmbedding(file.toString(), features.toFloatArray()));
            }
        }
        return embeddings;
    }

    public List<TextEmbedding> texts(List<String> texts) {
        List<TextEmbedding> embeddings = new ArrayList<>();
        for (String text : texts) {
            long[] ids = tokenizer.encode(text);
            try (NDManager manager = backbone.manager().newSubManager()) {
                NDArray tokens = manager.create(ids, new Shape(1, ids.length)); // (1, L)
                NDArray end = manager.create(new long[] {ids.length - 1L}); // (1)
                NDArray features = backbone.encodeTokens(tokens, end, false); // (1, D)
                embeddings.add(new TextEmbedding(text, ids, features.toFloatArray()));
            }
        }
        return embeddings;
    }

    @Override
    public void close() {
        tokenizer.close();
        backbone.close();
    }
}
