package io.numclip.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.numclip.data.Familiarity;
import io.numclip.data.Prediction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ModelMeters meters = new ModelMeters(registry, "faces");

    @Test
    void strangeImagesAreCounted() {
        for (boolean strange : new boolean[] {true, false, true}) {
            Familiarity familiarity = new Familiarity(0.01, strange);
            meters.found(List.of(0), List.of(new Prediction(4, List.of(), null, familiarity, null)));
        }
        assertThat(registry.get("numclip.strange")
                        .tag("model", "faces")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void secondsAndImagesAreKept() {
        meters.decoded(0.25, true);
        meters.predicted(0.5, 8);
        assertThat(registry.get("numclip.read").tag("result", "read").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(registry.get("numclip.predict").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(500);
        assertThat(registry.get("numclip.batch").summary().max()).isEqualTo(8);
    }
}
