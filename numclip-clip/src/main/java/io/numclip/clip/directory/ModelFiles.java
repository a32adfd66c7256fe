package io.numclip.clip.directory;

import io.numclip.clip.pixels.PreprocessorConfig;
import java.util.List;
import java.util.stream.Stream;

/** The names of the files that a CLIP directory consists of. */
public final class ModelFiles {

    /** The file of the weights. */
    public static final String WEIGHTS = "model.safetensors";

    public static final String CONFIG = ClipConfigFile.NAME;
    public static final String OPEN_CLIP_CONFIG = OpenClipConfig.NAME;

    /** Which file has which weights, where {@link #WEIGHTS} would be too large. */
    public static final String INDEX = WEIGHTS + ".index.json";

    /** The weights of an OpenCLIP directory, the name that is taken first in front. */
    public static final List<String> OPEN_CLIP_WEIGHTS =
            List.of("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", WEIGHTS);

    /** The files of a tokenizer, of which a directory has some. */
    public static final List<String> TOKENIZER = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "spiece.model");

    /** What there may be beside configuration and weights. */
    public static final List<String> FURTHER = Stream.of(
                    List.of(PreprocessorConfig.FILE, "processor_config.json"),
                    TOKENIZER,
                    List.of("README.md", "LICENSE"))
            .flatMap(List::stream)
            .toList();

    private ModelFiles() {}
}
