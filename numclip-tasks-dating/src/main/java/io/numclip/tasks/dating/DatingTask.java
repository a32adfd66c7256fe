package io.numclip.tasks.dating;

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
 * The year in which a photograph was taken, as in the historical colour images of Palermo, Hays and Efros (ECCV 2012):
 * the nineteen thirties to the nineteen seventies.
 */
public final class DatingTask implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(DatingSamples.FIRST_YEAR, DatingSamples.LAST_YEAR, "years");

    private final TaskImages images;

    public DatingTask(Config config) {
        images = new TaskImages(
                config.data(), SCALE, new DatingSamples(), new HistoricalColorLayout(), new YearListLayout());
    }

    /** Settings of the task. */
    public record Config(TaskData data) {}

    /** The way in for the host. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

        @Override
        public String type() {
            return "dating";
        }

        @Override
        public Config defaults() {
            return new Config(TaskData.samples(2000, 400, 400));
        }

        @Override
        public OrdinalTask create(Config config) {
            return new DatingTask(config);
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
