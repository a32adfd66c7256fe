package io.numclip.clip;

import io.numclip.clip.PreprocessorConfig.Crop;
import io.numclip.clip.PreprocessorConfig.Resize;

/** How images of another shape come to the size of the image tower. */
public enum Resizing {
    /** As the CLIP's {@code preprocessor_config.json} says. */
    MODEL {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config;
        }
    },
    /** The shorter side to the size of the tower, bicubic, then its centre: CLIP's own way. */
    KEEP_ASPECT {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            int shorter = Math.min(config.crop().height(), config.crop().width());
            return config.withResize(new Resize.ShortestEdge(shorter), PillowResize.Filter.BICUBIC);
        }
    },
    /**
     * Both sides to 8/7 of the tower's size, bilinear, then the centre: the published code of NumCLIP, which squashes to
     * 256 x 256 and crops 224 x 224.
     */
    SQUASH {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            Crop crop = config.crop();
            Resize both = new Resize.Exact(enlarged(crop.height()), enlarged(crop.width()));
            return config.withResize(both, PillowResize.Filter.BILINEAR);
        }
    };

    abstract PreprocessorConfig in(PreprocessorConfig config);

    private static int enlarged(int side) {
        return Math.round(side * 8 / 7f);
    }
}
