package io.numclip.clip;

import java.util.List;

/** Mean and deviation of pixels that images are normalised with. */
public enum PixelStatistics {
    /** As the CLIP's {@code preprocessor_config.json} says. */
    MODEL {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config;
        }
    },
    /** Of CLIP's training images. */
    CLIP {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config.withStatistics(PreprocessorConfig.CLIP_MEAN, PreprocessorConfig.CLIP_DEVIATION);
        }
    },
    /** Of ImageNet, as the published code of NumCLIP has them. */
    IMAGENET {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config.withStatistics(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
        }
    };

    abstract PreprocessorConfig in(PreprocessorConfig config);
}
