package io.numclip.spring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.numclip.data.Prediction;
import io.numclip.input.EngineListener;
import java.time.Duration;
import java.util.List;

/** What one model does, in the meters of the application; no name of an image gets into them. */
final class ModelMeters implements EngineListener<List<Prediction>> {

    private static final String MODEL = "model";

    private final Timer read;
    private final Timer unreadable;
    private final Timer predict;
    private final DistributionSummary batch;
    private final Counter strange;

    ModelMeters(MeterRegistry registry, String model) {
        read = reading(registry, model, "read");
        unreadable = reading(registry, model, "unreadable");
        predict = Timer.builder("numclip.predict")
                .description("A batch through tower and heads")
                .tag(MODEL, model)
                .register(registry);
        batch = DistributionSummary.builder("numclip.batch")
                .description("Images of a batch")
                .baseUnit("images")
                .tag(MODEL, model)
                .register(registry);
        strange = Counter.builder("numclip.strange")
                .description("Images unlike those of the training")
                .tag(MODEL, model)
                .register(registry);
    }

    private static Timer reading(MeterRegistry registry, String model, String result) {
        return Timer.builder("numclip.read")
                .description("An image to pixels")
                .tag(MODEL, model)
                .tag("result", result)
                .register(registry);
    }

    @Override
    public void decoded(double seconds, boolean readable) {
        (readable ? read : unreadable).record(duration(seconds));
    }

    @Override
    public void predicted(double seconds, int images) {
        predict.record(duration(seconds));
        batch.record(images);
    }

    @Override
    public void found(List<Integer> models, List<Prediction> found) {
        found.stream().filter(Prediction::isStrange).forEach(each -> strange.increment());
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
