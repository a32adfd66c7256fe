package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionedSamplesTest {

    @TempDir
    Path folder;

    private CaptionedSamples samples(double heldOut, int each) throws IOException {
        return samples(heldOut, each, "the square is");
    }

    private CaptionedSamples samples(double heldOut, int each, String context) throws IOException {
        ExperimentConfig config = new ExperimentReader(TestingCatalog.create(folder))
                .read(
                        "brightness",
                        List.of(
                                new Setting("task.data.samples.train", "400"),
                                new Setting("prompts.context", context)));
        return CaptionedSamples.of(List.of(config), each, new HeldOut(heldOut, 3), 1);
    }

    private static Set<String> captions(CaptionedSamples samples) {
        return samples.images().stream()
                .map(image -> String.valueOf(image.attributes().get(LabeledImage.CAPTION)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noCaptionIsAPromptOfTheRecipe() throws IOException {
        assertThat(captions(samples(0, 400, "the square is"))).containsExactly("a dark square", "a light square");
        assertThat(captions(samples(0, 400, "a light"))).containsExactly("a dark square", "bright", "gray");
    }

    @Test
    void whatIsHeldOutIsNeverShownAndIsNamed() throws IOException {
        CaptionedSamples all = samples(0, 400);
        CaptionedSamples some = samples(0.4, 400);
        Set<Double> labels = labels(all);
        Set<Double> shown = labels(some);
        assertThat(all.unseen()).isEmpty();
        assertThat(shown).hasSizeBetween(1, labels.size() - 1);
        labels.removeAll(shown);
        assertThat(some.unseen())
                .containsExactlyInAnyOrderElementsOf(labels.stream()
                        .map(label -> "brightness,label," + label)
                        .toList());
    }

    private static Set<Double> labels(CaptionedSamples samples) {
        return samples.images().stream().map(LabeledImage::label).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noMoreAreTakenThanAskedFor() throws IOException {
        assertThat(samples(0.2, 50).images()).hasSize(50);
    }

    @Test
    void drawingEndsWhenItIsAskedTo() throws IOException {
        samples(0.2, 1); // reads what it reads from files, which would end in another way
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> samples(0.2, 50))
                .isInstanceOfAny(CancellationException.class, ClosedByInterruptException.class);
        Thread.interrupted();
    }

    @Test
    void theShareOfLabelsIsHeldOutAndNotTheSameOfEveryTask() {
        HeldOut heldOut = new HeldOut(0.3, 1);
        long held = IntStream.range(0, 1000)
                .filter(i -> heldOut.of("dating", i).isPresent())
                .count();
        assertThat(held).isBetween(250L, 350L);
        assertThat(IntStream.range(0, 1000)
                        .filter(i -> heldOut.of("dating", i).isPresent()
                                && heldOut.of("age", i).isPresent())
                        .count())
                .isBetween(50L, 140L);
    }

    @Test
    void aConceptIsSaidInManyWordsWithTheRightArticle() throws IOException {
        PlainWords words = PlainWords.load();
        Set<String> said = IntStream.range(0, 500)
                .mapToObj(i -> words.reworded("a face of an older adult with glasses", "older adult", random(i)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(said)
                .contains(
                        "a face of an older adult with glasses",
                        "a face of a senior with glasses",
                        "a face of an old person with glasses")
                .hasSizeGreaterThan(5);
        assertThat(words.reworded("a square that is dark", "dark", random(1))).isEqualTo("a square that is dark");
    }

    private static SplittableRandom random(int seed) {
        return new SplittableRandom(seed);
    }
}
