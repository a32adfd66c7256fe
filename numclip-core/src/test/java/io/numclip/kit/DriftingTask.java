package io.numclip.kit;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.spi.OrdinalTask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Broken: each call draws new images, because a counter is kept between calls; every split of a fold is the same image. */
final class DriftingTask implements OrdinalTask {

    private int drawn;

    @Override
    public LabelScale scale() {
        return new LabelScale(0, 10, "units");
    }

    @Override
    public List<LabeledImage> images(Split split) {
        return IntStream.range(0, 10)
                .mapToObj(index -> draw(split, index, drawn++))
                .toList();
    }

    @Override
    public List<String> folds() {
        return List.of("1", "2");
    }

    @Override
    public List<LabeledImage> images(Split split, String fold) {
        return List.of(draw(Split.TEST, 0, 0));
    }

    private LabeledImage draw(Split split, int index, int key) {
        SampleKey sample = new SampleKey("drifting", split, key, 1);
        DrawnImage image = new DrawnImage(sample, () -> DrawnImage.canvas(graphics -> {}));
        return new LabeledImage(split + "-" + index, image, index, Map.of());
    }

    record Config() {}

    public static final class Factory implements OrdinalTask.Factory<Config> {

        @Override
        public String type() {
            return "drifting";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public OrdinalTask create(Config config) {
            return new DriftingTask();
        }
    }
}
