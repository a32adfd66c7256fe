package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every task must do if it draws sample images and reads a user's own images through {@link TaskData}. Its
 * defaults must be samples.
 *
 * @param <C> settings of the task
 */
public abstract class SampleTaskContract<C extends Record> extends OrdinalTaskContract<C> {

    /**
     * Words for precise numbers, which a caption must not contain: the model learns numbers from labels, not from
     * captions.
     */
    private static final Pattern NUMBER_WORDS =
            Pattern.compile("(?i)\\d|\\b(zero|one|two|three|four|five|six|seven|eight|"
                    + "nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
                    + "forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\\b");

    private static final int LISTED = 20;

    /** Settings of the task with this data. */
    protected abstract C configFor(TaskData data);

    /** Number words that are part of a concept, such as the name of a decade. */
    protected Pattern allowedNumberWords() {
        return Pattern.compile("(?!)");
    }

    /** Override it to return false if samples have no captions: only contrastive pretraining reads them. */
    protected boolean hasCaptions() {
        return true;
    }

    @Test
    void labelsReachEveryConcept() throws IOException {
        for (Split split : Split.values()) {
            Set<Integer> reached = task().images(split).stream()
                    .map(image -> concepts().indexOf(image.label()))
                    .collect(Collectors.toSet());
            assertThat(reached)
                    .as("images(%s): draw samples for every concept; SampleLabels.whole() spreads labels evenly", split)
                    .hasSize(concepts().size());
        }
    }

    @Test
    void imagesAreRgb() throws IOException {
        for (LabeledImage image : firstOf(task().images(Split.VALIDATION))) {
            assertThat(image.source().read().getType())
                    .as("image %s: draw on DrawnImage.canvas(), which is RGB", image.name())
                    .isEqualTo(BufferedImage.TYPE_INT_RGB);
        }
    }

    @Test
    void captionsSpeakInTheConceptOfTheLabel() throws IOException {
        assumeTrue(hasCaptions(), "samples have no captions");
        for (LabeledImage image : task().images(Split.TRAIN)) {
            String concept = concepts().get(concepts().indexOf(image.label())).concept();
            assertThat(caption(image))
                    .as("the caption of %s must hold the concept of its label", image.name())
                    .contains(concept);
        }
    }

    @Test
    void captionsNameNoPreciseNumber() throws IOException {
        assumeTrue(hasCaptions(), "samples have no captions");
        for (LabeledImage image : task().images(Split.TRAIN)) {
            String caption = allowedNumberWords().matcher(caption(image)).replaceAll("");
            assertThat(caption)
                    .as("the caption of %s gives the number away: use the words of the concepts", image.name())
                    .doesNotContainPattern(NUMBER_WORDS);
        }
    }

    @Test
    void captionsVary() throws IOException {
        assumeTrue(hasCaptions(), "samples have no captions");
        Set<String> captions = new TreeSet<>();
        for (LabeledImage image : task().images(Split.TRAIN)) {
            captions.add(caption(image));
        }
        assertThat(captions)
                .as("captions repeat themselves: describe more of the picture")
                .hasSizeGreaterThan(100);
    }

    @Test
    void imagesOfAListAreRead(@TempDir Path folder) throws IOException {
        List<Double> labels = new ArrayList<>();
        for (int i = 0; i < LISTED; i++) {
            labels.add(i % 2 == 0 ? task().scale().minimum() : task().scale().maximum());
        }
        OrdinalTask task = factory().create(configFor(list(labels, folder)));
        List<Double> read = new ArrayList<>();
        for (Split split : Split.values()) {
            task.images(split).forEach(image -> read.add(image.label()));
        }
        assertThat(read)
                .as("images(): delegate to TaskImages, so that users can train on a list of their own images")
                .containsExactlyInAnyOrderElementsOf(labels);
    }

    private static String caption(LabeledImage image) {
        String caption = image.attributes().get(LabeledImage.CAPTION);
        assertThat(caption)
                .as(
                        "%s has no caption: give samples the attribute LabeledImage.CAPTION, or override hasCaptions() to"
                                + " return false",
                        image.name())
                .isNotNull();
        return caption;
    }

    /** Writes one small image per label and a list of them. */
    private static TaskData list(List<Double> labels, Path folder) throws IOException {
        StringBuilder rows = new StringBuilder("image,value\n");
        for (int i = 0; i < labels.size(); i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            rows.append(i).append(".png,").append(labels.get(i)).append('\n');
        }
        String file = Files.writeString(folder.resolve("list.csv"), rows).toString();
        TaskData.Samples unused = new TaskData.Samples(1, 1, 1);
        return new TaskData("csv", "", folder.toString(), file, "image", "value", 0.2, 0.2, 1, unused);
    }
}
