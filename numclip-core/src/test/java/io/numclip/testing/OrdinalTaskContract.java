package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every task must have: the same images at every call, labels on its scale, no image in two splits, a matching
 * recipe. A test is one subclass with {@link #factory}, {@link #concepts} and, if the defaults name no images,
 * {@link #config}.
 *
 * @param <C> settings of the task
 */
public abstract class OrdinalTaskContract<C extends Record> extends ComponentContract<OrdinalTask.Factory<C>, C> {

    private static final int LOOKED_AT = 60;

    /** The number concepts of the task's recipe. */
    protected abstract Bins concepts();

    final OrdinalTask task() {
        return factory().create(config());
    }

    @Test
    void recipeHasTheTasksTypeAndWords() throws IOException {
        String name = "numclip/" + factory().type() + ".yaml";
        String recipe = resource(name);
        assertThat(recipe)
                .as(
                        "%s: name the task in the recipe, task: {type: %s}",
                        name, factory().type())
                .contains("type: " + factory().type());
        concepts()
                .concepts()
                .forEach(concept -> assertThat(recipe)
                        .as("%s: the recipe's binning must have the words of concepts()", name)
                        .contains("concept: " + concept));
    }

    @Test
    void conceptsCoverTheScale() {
        LabelScale scale = task().scale();
        Bins bins = concepts();
        assertThat(bins.get(0).lower())
                .as("concepts(): begin the first bin at the bottom of scale()")
                .isEqualTo(scale.minimum());
        assertThat(bins.get(bins.size() - 1).upper())
                .as("concepts(): end the last bin at the top of scale()")
                .isEqualTo(scale.maximum());
    }

    @Test
    void everySplitHasImages() throws IOException {
        for (Split split : Split.values()) {
            assertThat(task().images(split))
                    .as("images(%s) is empty: training needs images in each split", split)
                    .isNotEmpty();
        }
    }

    @Test
    void sameCallGivesTheSameList() throws IOException {
        OrdinalTask task = task();
        for (Split split : Split.values()) {
            assertThat(lines(task.images(split)))
                    .as(
                            "two calls of images(%s) gave different lists: keep a fixed order, and take everything random"
                                    + " from a seed in the settings",
                            split.name())
                    .isEqualTo(lines(task.images(split)));
        }
    }

    @Test
    void sameSettingsGiveTheSameList() throws IOException {
        assertThat(lines(task().images(Split.TEST)))
                .as("two tasks of the same settings have different lists: take everything random from a seed in the"
                        + " settings")
                .isEqualTo(lines(task().images(Split.TEST)));
    }

    @Test
    void namesAreUniqueWithinASplit() throws IOException {
        for (Split split : Split.values()) {
            assertThat(task().images(split))
                    .as(
                            "images(%s): give each image a unique name; reports and predictions identify images by it",
                            split)
                    .extracting(LabeledImage::name)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void labelsLieOnTheScale() throws IOException {
        OrdinalTask task = task();
        for (Split split : Split.values()) {
            assertThat(task.images(split))
                    .as("images(%s): a label lies outside %s; widen scale() or correct the label", split, task.scale())
                    .allMatch(image -> task.scale().contains(image.label()));
        }
    }

    @Test
    void splitsShareNoImage() throws IOException {
        Set<String> fingerprints = new HashSet<>();
        Set<Integer> pixels = new HashSet<>();
        for (Split split : Split.values()) {
            List<LabeledImage> images = task().images(split);
            for (LabeledImage image : images) {
                assertThat(fingerprints.add(image.source().fingerprint()))
                        .as("image %s appears twice or in two splits: put each image into one split", image.name())
                        .isTrue();
            }
            for (LabeledImage image : firstOf(images)) {
                assertThat(pixels.add(Arrays.hashCode(pixels(image))))
                        .as(
                                "image %s has the same pixels as another: a model that has seen one is not tested by the"
                                        + " other",
                                image.name())
                        .isTrue();
            }
        }
    }

    @Test
    void splitsOfAFoldShareNoImage() throws IOException {
        OrdinalTask task = task();
        for (String fold : task.folds()) {
            Set<String> fingerprints = new HashSet<>();
            for (Split split : Split.values()) {
                for (LabeledImage image : task.images(split, fold)) {
                    assertThat(fingerprints.add(image.source().fingerprint()))
                            .as(
                                    "fold %s: image %s appears twice or in two splits: put each image into one split",
                                    fold, image.name())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void firstFoldIsTheOneOfACallWithoutFold() throws IOException {
        OrdinalTask task = task();
        for (String fold : task.folds().stream().limit(1).toList()) {
            for (Split split : Split.values()) {
                assertThat(lines(task.images(split)))
                        .as("images(%s) must give the images of the first fold, %s", split, fold)
                        .isEqualTo(lines(task.images(split, fold)));
            }
        }
    }

    @Test
    void unknownFoldIsRefused() {
        assertThatThrownBy(
                        () -> task().images(Split.TEST, "no such fold"),
                        "images(TEST, fold) must throw IllegalArgumentException for a fold that folds() does not have")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readingTwiceGivesEqualPixels() throws IOException {
        for (LabeledImage image : firstOf(task().images(Split.TRAIN))) {
            assertThat(pixels(image))
                    .as(
                            "image %s: source().read() gave two pictures; draw from the image's own key, keep no"
                                    + " generator between calls",
                            image.name())
                    .isEqualTo(pixels(image));
        }
    }

    private String resource(String path) throws IOException {
        try (InputStream stream = factory().getClass().getClassLoader().getResourceAsStream(path)) {
            assertThat(stream)
                    .as(
                            "there is no recipe: write src/main/resources/%s, so that users can run './numclip train'",
                            path)
                    .isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<LabeledImage> firstOf(List<LabeledImage> images) {
        return images.subList(0, Math.min(LOOKED_AT, images.size()));
    }

    /** Name, label and fingerprint of each image. */
    private static List<String> lines(List<LabeledImage> images) throws IOException {
        String[] lines = new String[images.size()];
        for (int i = 0; i < lines.length; i++) {
            LabeledImage image = images.get(i);
            lines[i] = image.name() + " " + image.label() + " " + image.source().fingerprint();
        }
        return List.of(lines);
    }

    private static int[] pixels(LabeledImage image) throws IOException {
        BufferedImage pixels = image.source().read();
        return pixels.getRGB(0, 0, pixels.getWidth(), pixels.getHeight(), null, 0, pixels.getWidth());
    }
}
