package io.numclip.runner.predict;

import java.util.List;
import java.util.Locale;

/** The programs for which predictions are written ready to import. */
enum LabellingTool {
    LABEL_STUDIO {
        @Override
        LabellingFiles files(List<LabelledModel> models) {
            return new LabelStudioFiles(models);
        }
    },
    FIFTYONE {
        @Override
        LabellingFiles files(List<LabelledModel> models) {
            return new FiftyOneFiles(models);
        }
    };

    abstract LabellingFiles files(List<LabelledModel> models);

    /** The name as users write it: {@code label-studio}, {@code fiftyone}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
