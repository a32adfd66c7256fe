package io.numclip.tasks.dating;

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/**
 * The year in which a photograph was taken, as in the historical colour images of Palermo, Hays and Efros (ECCV 2012):
 * the nineteen thirties to the nineteen seventies.
 */
@Extension
public final class DatingTask implements OrdinalTask.Factory<DatingTask.Config> {

    private static final LabelScale SCALE = new LabelScale(DatingSamples.FIRST_YEAR, DatingSamples.LAST_YEAR, "years");

    /** @param data samples are prints of photographs, see {@link DatingSamples} */
    public record Config(TaskData data) {}

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
        return new TaskImages(
                config.data(), SCALE, new DatingSamples(), new HistoricalColorLayout(), new YearListLayout());
    }
}
