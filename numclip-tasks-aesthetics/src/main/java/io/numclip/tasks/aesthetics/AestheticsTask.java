package io.numclip.tasks.aesthetics;

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/**
 * How good a photograph is, from 1 (bad) to 5 (excellent), as in the beauty ratings of Schifanella, Redi and Aiello
 * (ICWSM 2015).
 */
@Extension
public final class AestheticsTask implements OrdinalTask.Factory<AestheticsTask.Config> {

    private static final LabelScale SCALE = new LabelScale(AestheticsSamples.WORST, AestheticsSamples.BEST, "grades");

    /** @param data samples are shots of photographs, see {@link AestheticsSamples} */
    public record Config(TaskData data) {}

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
        return new TaskImages(
                config.data(), SCALE, new AestheticsSamples(), new BeautyLayout(), new AvaLayout(), new KoniqLayout());
    }
}
