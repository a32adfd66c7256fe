package io.numclip.pretraining;

import ai.djl.Device;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a pretraining begins with. */
public sealed interface Beginning {

    /** The side of the images in pixels. */
    int imageSize();

    /**
     * Writes the files of the tokenizer and of the preprocessor.
     *
     * @param texts what a new vocabulary is built from: captions, and other words that the tokenizer should know
     */
    void prepare(List<String> texts, Path directory) throws IOException;

    /** The weights that are there before the first step. */
    ClipBackbone open(ClipTokenizer tokenizer, PretrainingConfig config, Device device) throws IOException;

    /** L, the length of the longest text in tokens. */
    int contextLength();

    /**
     * Random weights, and a vocabulary of its own.
     *
     * @param vocabSize tokens of the byte-pair vocabulary, at most
     */
    record Anew(TowerShape shape, int vocabSize) implements Beginning {

        public Anew {
            PretrainingConfig.require(
                    vocabSize >= 515, "vocabSize must be above 514: 512 bytes, start and end", vocabSize);
        }

        @Override
        public int imageSize() {
            return shape.imageSize();
        }

        @Override
        public int contextLength() {
            return shape.contextLength();
        }

        @Override
        public void prepare(List<String> texts, Path directory) throws IOException {
            BytePairTokenizer.write(texts, vocabSize, contextLength(), directory);
            ClipPreprocessor.standard(imageSize()).write(directory);
        }

        @Override
        public ClipBackbone open(ClipTokenizer tokenizer, PretrainingConfig config, Device device) {
            int tokens = (int) tokenizer.endId() + 1; // the last one
            ClipConfig clip = shape.toClipConfig(tokens, tokenizer.endId());
            return ClipBackbone.random(clip, config.seed(), device, config.precision());
        }
    }

    /** The weights, the tokenizer and the preprocessor of another CLIP. */
    record With(Path clip, ClipConfig config) implements Beginning {

        /** @throws NumClipException if the directory has no CLIP, or another kind of model */
        public static With of(Path clip) throws IOException {
            ClipConfig config = ClipDirectory.config(clip);
            if (Files.exists(clip.resolve(ModelFiles.OPEN_CLIP_CONFIG)) || !config.isPlainClip()) {
                throw new NumClipException(
                        NumClipException.Kind.USAGE,
                        clip + ": expected a CLIP in the layout of transformers, found another model or layout",
                        "Name a directory that 'pretrain' or CLIPModel.save_pretrained wrote.");
            }
            return new With(clip, config);
        }

        @Override
        public int imageSize() {
            return config.vision().imageSize();
        }

        @Override
        public int contextLength() {
            return config.text().contextLength();
        }

        @Override
        public void prepare(List<String> texts, Path directory) throws IOException {
            for (String name : ModelFiles.TOKENIZER) {
                if (Files.exists(clip.resolve(name))) {
                    Files.copy(clip.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            ClipDirectory.preprocessor(clip).write(directory);
        }

        @Override
        public ClipBackbone open(ClipTokenizer tokenizer, PretrainingConfig config, Device device) throws IOException {
            return ClipBackbone.load(clip, device, config.precision());
        }
    }
}
