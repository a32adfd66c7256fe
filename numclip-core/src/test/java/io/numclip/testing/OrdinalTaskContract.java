package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.spi.OrdinalTask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every task that draws samples must keep. A new task is one subclass with three methods; its defaults must be
 * samples.
 *
 * @param <C> settings of the task
 */
public abstract class OrdinalTaskContract<C extends Record> extends ComponentContract<OrdinalTask.Factory<C>, C> {

    /** Words for precise numbers, which a caption must not have: the model learns numbers from labels, not from captions. */
    private static final Pattern NUMBER_WORDS =
            Pattern.compile("(?i)\\d|\\b(zero|one|two|three|four|five|six|seven|eight|"
                    + "nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
                    + "forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\\b");

    private static final int LOOKED_AT = 60;
    private static final int LISTED = 20;

    /** Settings of the task with this data. */
    protected abstract C configFor(TaskData data);

    /** The words of the task's recipe, in whose terms captions speak. */
    protected abstract Bins concepts();

    /** Number words that are part of a concept, such as the name of a decade. */
    protected Pattern allowedNumberWords() {
        return Pattern.compile("(?!)");
    }

    private OrdinalTask task() {
        return factory().create(config());
    }

    @Test
    void recipeHasTheTasksTypeAndWords() throws IOException {
        String recipe = resource("numclip/" + factory().type() + ".yaml");
        assertThat(recipe).contains("type: " + factory().type());
        concepts().concepts().forEach(concept -> assertThat(recipe).contains("concept: " + concept));
    }

    @Test
    void conceptsCoverTheScale() {
        LabelScale scale = task().scale();
        Bins bins = concepts();
        assertThat(bins.get(0).lower()).isEqualTo(scale.minimum());
        assertThat(bins.get(bins.size() - 1).upper()).isEqualTo(scale.maximum());
    }

    @Test
    void sameCallGivesTheSameList() throws IOException {
        assertThat(fingerprints(task().images(Split.TEST))).isEqualTo(fingerprints(task().images(Split.TEST)));
    }

    @Test
    void namesAreUniqueWithinASplit() throws IOException {
        for (Split split : Split.values()) {
            assertThat(task().images(split)).extracting(LabeledImage::name).doesNotHaveDuplicates();
        }
    }

    @Test
    void labelsLieOnTheScaleAndReachEveryConcept() throws IOException {
        OrdinalTask task = task();
        for (Split split : Split.values()) {
            List<LabeledImage> images = task.images(split);
            assertThat(images).allMatch(image -> task.scale().contains(image.label()));
            Set<Integer> reached = images.stream()
                    .map(image -> concepts().indexOf(image.label()))
                    .collect(Collectors.toSet());
            assertThat(reached).as("concepts in %s", split).hasSize(concepts().size());
        }
    }

    @Test
    void splitsShareNoImage() throws IOException {
        Set<String> fingerprints = new HashSet<>();
        Set<Integer> pixels = new HashSet<>();
        for (Split split : Split.values()) {
            List<LabeledImage> images = task().images(split);
            assertThat(fingerprints(images)).doesNotHaveDuplicates().allMatch(fingerprints::add);
            for (LabeledImage image : images.subList(0, LOOKED_AT)) {
                assertThat(pixels.add(Arrays.hashCode(pixels(image))))
                        .as("image %s is new", image.name())
                        .isTrue();
            }
        }
    }

    @Test
    void readingTwiceGivesEqualPixels() throws IOException {
        for (LabeledImage image : task().images(Split.TRAIN).subList(0, LOOKED_AT)) {
            assertThat(pixels(image)).isEqualTo(pixels(image));
        }
    }

    @Test
    void imagesAreRgb() throws IOException {
        for (LabeledImage image : task().images(Split.VALIDATION).subList(0, LOOKED_AT)) {
            assertThat(image.source().read().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        }
    }

    @Test
    void captionsSpeakInTheConceptOfTheLabel() throws IOException {
        for (LabeledImage image : task().images(Split.TRAIN)) {
            String concept = concepts().get(concepts().indexOf(image.label())).concept();
            assertThat(image.attributes().get(LabeledImage.CAPTION)).contains(concept);
        }
    }

    @Test
    void captionsNameNoPreciseNumber() throws IOException {
        for (LabeledImage image : task().images(Split.TRAIN)) {
            String caption = allowedNumberWords()
                    .matcher(image.attributes().get(LabeledImage.CAPTION))
                    .replaceAll("");
            assertThat(caption).doesNotContainPattern(NUMBER_WORDS);
        }
    }

    @Test
    void captionsVary() throws IOException {
        Set<String> captions = new TreeSet<>();
        for (LabeledImage image : task().images(Split.TRAIN)) {
            captions.add(image.attributes().get(LabeledImage.CAPTION));
        }
        assertThat(captions).hasSizeGreaterThan(100);
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
        assertThat(read).containsExactlyInAnyOrderElementsOf(labels);
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
        return new TaskData(TaskData.Format.CSV, folder.toString(), file, "image", "value", 0.2, 0.2, 1, unused);
    }

    private String resource(String path) throws IOException {
        try (InputStream stream = factory().getClass().getClassLoader().getResourceAsStream(path)) {
            assertThat(stream).as("resource %s", path).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> fingerprints(List<LabeledImage> images) throws IOException {
        String[] fingerprints = new String[images.size()];
        for (int i = 0; i < fingerprints.length; i++) {
            fingerprints[i] = images.get(i).source().fingerprint();
        }
        return List.of(fingerprints);
    }

    private static int[] pixels(LabeledImage image) throws IOException {
        BufferedImage pixels = image.source().read();
        return pixels.getRGB(0, 0, pixels.getWidth(), pixels.getHeight(), null, 0, pixels.getWidth());
    }
}
