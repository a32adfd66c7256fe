package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TowerMemoryTest {

    private static final ClipConfig LARGE = new ClipConfig(
            null, new ClipConfig.Vision(224, 14, 1024, 4096, 24, 16, ClipConfig.Activation.QUICK_GELU, 1e-5), 768, 0);

    @Test
    void weightsAreThoseThatTheTowerHas() throws IOException {
        Path directory = GoldenFigures.FOLDER.resolve("clip-gelu");
        try (ImageTower tower = ImageTower.load(directory, Device.cpu(), Precision.FP32);
                NDManager owner = tower.manager().newSubManager()) {
            long bytes = tower.weights(owner).values().stream()
                    .mapToLong(weight -> weight.size() * Float.BYTES)
                    .sum();
            assertThat(tower.memory().weights()).isEqualTo(bytes);
        }
    }

    /** Dosovitskiy et al., 2021: 304 million. */
    @Test
    void aLargeTowerInSixteenBitsTakesAlmostHalf() {
        long full = PredictionMemory.of(LARGE, Precision.FP32).weights();
        assertThat(full / Float.BYTES).isBetween(303_000_000L, 305_000_000L);
        assertThat((double) PredictionMemory.of(LARGE, Precision.BF16).weights() / full)
                .isBetween(0.5, 0.51);
    }

    @Test
    void modelsThatAreOpenTogetherTakeTurns() {
        TowerMemory both = new TowerMemory(100, 10, 3).beside(new TowerMemory(50, 20, 2));
        assertThat(both).isEqualTo(new TowerMemory(150, 20, 5));
        assertThat(both.onGpu()).isEqualTo(new TowerMemory(0, 0, 5));
    }
}
