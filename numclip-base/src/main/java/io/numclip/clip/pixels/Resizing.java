package io.numclip.clip.pixels;

import io.numclip.clip.pixels.PreprocessorConfig.Crop;
import io.numclip.clip.pixels.PreprocessorConfig.Resize;

/** How images are brought to the size of the image tower. */
public enum Resizing {
    /** As the CLIP's {@code preprocessor_config.json} says. */
    MODEL {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            return config;
        }
    },
    /** Shorter side to the tower's size, bicubic, then the centre: CLIP's own preprocessing. */
    KEEP_ASPECT {
        @Override
        PreprocessorConfig in(PreprocessorConfig config) {
            int shorter = Math.min(config.crop().height(), config.crop().width());
            return config.withResize(new Resize.ShortestEdge(shorter), PillowResize.Filter.BICUBIC);
        }
    },
    /**
     * Both sides to 8/7 of the tower's size, bilinear, then the centre: as in the published code of NumCLIP, which
     * squashes to 256 x 256 and crops 224 x 224.
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
