package io.numclip.clip.pixels;

import java.util.List;

/** Mean and deviation with which pixels are normalised. */
public enum PixelStatistics {
    /** The statistics of the CLIP's {@code preprocessor_config.json}. */
    MODEL {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config;
        }
    },
    /** The statistics of CLIP's training images. */
    CLIP {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config.withStatistics(PreprocessorConfig.CLIP_MEAN, PreprocessorConfig.CLIP_DEVIATION);
        }
    },
    /** The statistics of ImageNet, as in the published code of NumCLIP. */
    IMAGENET {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config.withStatistics(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
        }
    };

    abstract PreprocessorConfig in(PreprocessorConfig config);
}
