package io.numclip.host.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_800_000_000_250L);

    /** Checksums included; made by {@code tools/golden/tensorboard_events.py}. */
    @Test
    void theBytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
        byte[] ours = new EventRecords()
                .version(TIME)
                .start(TIME, 1)
                .numbers(TIME.plusSeconds(1), 1, numbers(1.5, 12.125))
                .numbers(TIME.plusSeconds(300), 300, numbers(0, -3.0e-5))
                .bytes();
        assertThat(ours).isEqualTo(Files.readAllBytes(Path.of("src/test/resources/golden/events.tfevents")));
    }

    private static Map<String, Double> numbers(double loss, double mae) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss/total", loss);
        numbers.put("validation/mae", mae);
        return numbers;
    }
}
