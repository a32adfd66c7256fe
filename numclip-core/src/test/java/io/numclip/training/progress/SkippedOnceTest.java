package io.numclip.training.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.training.TestingListener;
import org.junit.jupiter.api.Test;

class SkippedOnceTest {

    @Test
    void eachImageIsSaidOnceAndAllElseAsOftenAsItIs() {
        TestingListener heard = new TestingListener();
        TrainingListener listener = new SkippedOnce(heard);
        listener.imageSkipped("a.png", "no image");
        listener.imageSkipped("b.png", "no image");
        listener.imageSkipped("a.png", "no image");
        listener.warning("hot");
        listener.warning("hot");
        assertThat(heard.skipped).containsExactly("a.png - no image", "b.png - no image");
        assertThat(heard.warnings()).hasSize(2);
    }

    @Test
    void theFirstTwentyDamagedImagesAreNamed() {
        TestingListener heard = new TestingListener();
        TrainingListener listener = new SkippedOnce(heard);
        for (int i = 0; i < 60; i++) {
            listener.imageDamaged(i % 30 + ".jpg", "extraneous bytes");
        }
        assertThat(heard.damaged).hasSize(20).doesNotHaveDuplicates();
    }
}
