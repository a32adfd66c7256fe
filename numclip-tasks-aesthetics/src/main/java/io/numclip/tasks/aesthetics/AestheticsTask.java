package io.numclip.tasks.aesthetics;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import org.pf4j.Extension;

/**
 * How good a photograph is, from 1 (bad) to 5 (excellent), as in the beauty ratings of Schifanella, Redi and Aiello
 * (ICWSM 2015).
 */
public final class AestheticsTask implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(AestheticsSamples.WORST, AestheticsSamples.BEST, "grades");

    private final TaskImages images;

    public AestheticsTask(Config config) {
        images = new TaskImages(
                config.data(), SCALE, new AestheticsSamples(), new BeautyLayout(), new AvaLayout(), new KoniqLayout());
    }

    /** Settings of the task. */
    public record Config(TaskData data) {}

    /** The way in for the host. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

        @Override
        public String type() {
            return "aesthetics";
        }

        @Override
        public Config defaults() {
            return new Config(TaskData.samples(2000, 400, 400));
        }

        @Override
        public OrdinalTask create(Config config) {
            return new AestheticsTask(config);
        }
    }

    @Override
    public LabelScale scale() {
        return images.scale();
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return images.images(split);
    }

    @Override
    public List<String> folds() throws IOException {
        return images.folds();
    }

    @Override
    public List<LabeledImage> images(Split split, String fold) throws IOException {
        return images.images(split, fold);
    }
}
