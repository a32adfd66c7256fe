package io.numclip.host.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.protocol.Leak;
import io.numclip.protocol.LeakCheck;
import io.numclip.protocol.ManifestFile;
import io.numclip.protocol.SplitManifest;
import io.numclip.protocol.Splitter;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentDataTest {

    private static final TestingFolds TASK = new TestingFolds();

    @TempDir
    Path folder;

    @Test
    void withoutAProtocolTheSplitsAreTheTasksOwn() throws IOException {
        ExperimentData data = load();
        for (Split split : Split.values()) {
            assertThat(data.images(split)).isEqualTo(TASK.images(split));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void aFoldOfTheOwnerIsTheTest(String fold) throws IOException {
        assertThat(load("protocol.fold=" + fold).images(Split.TEST)).isEqualTo(TASK.images(Split.TEST, fold));
    }

    @Test
    void whereNoFoldIsNamedTheFirstIsTestedAndNamed() throws IOException {
        assertThat(FoldNames.named(TASK, config()).protocol().notes()).containsExactly("tested on fold a");
        assertThat(FoldNames.named(TASK, config("protocol.fold=b")).protocol().fold())
                .isEqualTo("b");
        assertThat(FoldNames.named(TASK, config("protocol.folds=5")).protocol().fold())
                .isEmpty();
    }

    @Test
    void allImagesAreThoseOfTheSplitsThatHaveSome() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "");
        Path list = Files.writeString(folder.resolve("list.csv"), "image,value,split\na.jpg,1,train\n");
        ExperimentConfig config = config("task.data={format: csv, file: " + list + "}");

        assertThat(TaskImages.all(Components.task(config)))
                .extracting(LabeledImage::name)
                .containsExactly("a.jpg");
        Files.writeString(list, "image,value,split\n");
        assertThatThrownBy(() -> TaskImages.all(Components.task(config))).hasMessageContaining("no images found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol.group=subjekt",
                "uncertainty.group=subjekt",
                "uncertainty.target={attribute: subjekt, shares: {p1: 1}}"
            })
    void anAttributeThatNoImageHasIsRefusedWithTheKnownOnes(String setting) throws IOException {
        ExperimentConfig config = config(setting);
        ExperimentData data = load();
        assertThatThrownBy(() -> Requirements.attributes(config, data))
                .isInstanceOfSatisfying(NumClipException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(NumClipException.Kind.CONFIGURATION);
                    assertThat(refusal.fix()).isEqualTo("choose one of subject, or leave it out");
                })
                .hasMessageStartingWith(setting.split("=", 2)[0])
                .hasMessageEndingWith(": no image has the attribute 'subjekt'. Did you mean 'subject'?");
        assertThatNoException()
                .isThrownBy(() -> Requirements.attributes(config(setting.replace("subjekt", "subject")), data));
    }

    @Test
    void anUnknownFoldIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> load("protocol.fold=d"))
                .isInstanceOfSatisfying(
                        NumClipException.class,
                        failure -> assertThat(failure.fix()).contains("a, b, c"));
    }

    @Test
    void dealtFoldsTestEachImageOnceAndKeepSubjectsTogether() throws IOException {
        List<LabeledImage> tested = new ArrayList<>();
        for (int fold = 1; fold <= 5; fold++) {
            ExperimentData data = load("protocol.folds=5", "protocol.fold=" + fold);
            assertThat(data.images(Split.TEST)).hasSize(12);
            assertThat(data.leaks()).isEmpty();
            tested.addAll(data.images(Split.TEST));
        }
        assertThat(tested).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void dealtFoldsNeedToKnowTheTest() {
        assertThatThrownBy(() -> load("protocol.folds=5")).hasMessageContaining("does not name the test fold");
    }

    @Test
    void fewShotThinsOutTrainingAlone() throws IOException {
        ExperimentData data = load("protocol.fewShot=2");
        assertThat(data.labels(Split.TRAIN)).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(data.images(Split.TEST)).isEqualTo(TASK.images(Split.TEST));
        assertThat(load("protocol.fewShot=2", "training.seed=2").images(Split.TRAIN))
                .isNotEqualTo(data.images(Split.TRAIN));
    }

    @Test
    void theSeedOfTheDrawsVariesTheTrainingImagesAlone() throws IOException {
        ExperimentData data = load("protocol.images=10", "seeds.draws=1");
        ExperimentData others = load("protocol.images=10", "seeds.draws=2");
        assertThat(data.images(Split.TRAIN)).hasSize(10).isNotEqualTo(others.images(Split.TRAIN));
        assertThat(others.images(Split.TEST)).isEqualTo(data.images(Split.TEST));
        assertThat(load("protocol.images=10", "training.seed=2").splits()).isEqualTo(others.splits());
        assertThat(load("protocol.images=10", "seeds.draws=1", "training.seed=2")
                        .splits())
                .isEqualTo(data.splits());
    }

    @Test
    void theSeedOfTheDataSplitsFolds() throws IOException {
        ExperimentData data = load("protocol.folds=5", "protocol.fold=1");
        assertThat(load("protocol.folds=5", "protocol.fold=1", "seeds.data=2").images(Split.TEST))
                .isNotEqualTo(data.images(Split.TEST));
        assertThat(load("protocol.folds=5", "protocol.fold=1", "training.seed=2", "seeds.data=1")
                        .splits())
                .isEqualTo(data.splits());
    }

    @Test
    void aShiftCutsTheCommonestLabels() throws IOException {
        ExperimentData data = load("protocol.shift={labels: 1, keep: 0.4}"); // int(5 * 0.4)
        assertThat(data.labels(Split.TRAIN)).hasSize(17);
        assertThat(data.images(Split.VALIDATION)).isEqualTo(TASK.images(Split.VALIDATION));
    }

    @Test
    void aManifestDealsAllImages() throws IOException {
        Splitter splitter = new Splitter(Splitter.Rule.GROUPED, LabeledImage.SUBJECT, 3);
        List<LabeledImage> all = TaskImages.all(TASK);
        Path file = folder.resolve("split.csv");
        ManifestFile.write(file, SplitManifest.ofSplits("brightness", splitter, splitter.splits(all, 0.2, 0.2)));
        ExperimentData data = load("protocol.manifest=" + file);
        assertThat(data.splits()).isEqualTo(splitter.splits(all, 0.2, 0.2));
        assertThat(data.leaks()).isEmpty();
        assertThatThrownBy(() -> load("protocol.manifest=" + file, "protocol.fold=1"))
                .hasMessageContaining("no folds");
    }

    @Test
    void aManifestOfAnotherTaskIsRefused() throws IOException {
        Splitter splitter = new Splitter(Splitter.Rule.RANDOM, LabeledImage.SUBJECT, 3);
        Path file = folder.resolve("split.csv");
        ManifestFile.write(file, SplitManifest.ofFolds("age", splitter, splitter.folds(TaskImages.all(TASK), 3)));
        assertThatThrownBy(() -> load("protocol.manifest=" + file, "protocol.fold=1"))
                .hasMessageContaining("made for the task age, not for brightness");
    }

    @Test
    void crossingSubjectsAreReportedOrRefused() throws IOException {
        assertThat(load().leaks())
                .singleElement()
                .satisfies(leak -> assertThat(leak.kind()).isEqualTo(Leak.Kind.SUBJECTS))
                .satisfies(leak -> assertThat(leak.count()).isEqualTo(15));
        assertThatThrownBy(() -> load("protocol.leaks=refuse"))
                .hasMessageStartingWith("15 subjects appear in more than one split: subject p0 (");
    }

    @Test
    void theReferenceProtocolAsksForNoValidationImages() throws IOException {
        OrdinalTask task = new OrdinalTask() {
            @Override
            public LabelScale scale() {
                return TASK.scale();
            }

            @Override
            public List<LabeledImage> images(Split split) {
                assertThat(split).isNotEqualTo(Split.VALIDATION);
                return TASK.images(split);
            }
        };
        assertThat(ExperimentData.load(task, config("protocol.selection=reference"))
                        .images(Split.TRAIN))
                .isEqualTo(TASK.images(Split.TRAIN));
    }

    @Test
    void theReferenceProtocolPicksOnTheTestImages() throws IOException {
        ExperimentData data = load("protocol.selection=reference");
        assertThat(data.images(Split.VALIDATION)).isEqualTo(data.images(Split.TEST));
        assertThat(LeakCheck.images(data.splits())).isPresent();
        assertThat(data.leaks()).extracting(Leak::kind).containsExactly(Leak.Kind.SUBJECTS);
    }

    @Test
    void validationByTheTestImagesIsRefusedUnderAnyOtherName() {
        OrdinalTask dishonest = new OrdinalTask() {
            @Override
            public LabelScale scale() {
                return TASK.scale();
            }

            @Override
            public List<LabeledImage> images(Split split) {
                return TASK.images(split == Split.VALIDATION ? Split.TEST : split);
            }
        };
        assertThatThrownBy(() -> ExperimentData.load(dishonest, config()))
                .hasMessageContaining("validation and test are the same 20 images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "..", "a..c", "c,a,b", "a,b..", "..c,b"})
    void foldsAreChosenInTheirOrder(String choice) {
        assertThat(FoldNames.chosen(choice, TASK.folds())).containsExactly("a", "b", "c");
    }

    @Test
    void aFoldThatIsNotThereCannotBeChosen() {
        assertThat(FoldNames.chosen("b..", TASK.folds())).containsExactly("b", "c");
        assertThatThrownBy(() -> FoldNames.chosen("a,x..c", TASK.folds())).hasMessageContaining("no fold 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c..a", "a,c..b"})
    void aRangeThatEndsBeforeItBeginsIsRefused(String choice) {
        assertThatThrownBy(() -> FoldNames.chosen(choice, TASK.folds()))
                .hasMessageContaining("names no fold: the first comes after the last");
    }

    @Test
    void theImagesOfATaskAreThoseOfAllItsFolds() throws IOException {
        OrdinalTask drawn = new OrdinalTask() {
            @Override
            public LabelScale scale() {
                return TASK.scale();
            }

            @Override
            public List<String> folds() {
                return List.of("0", "1");
            }

            @Override
            public List<LabeledImage> images(Split split) {
                return images(split, "0");
            }

            @Override
            public List<LabeledImage> images(Split split, String fold) {
                return TASK.images(split).stream()
                        .filter(image -> TestingFolds.number(image) % 2 == Integer.parseInt(fold))
                        .toList();
            }
        };
        assertThat(TaskImages.all(drawn)).hasSize(60).doesNotHaveDuplicates();
    }

    private ExperimentData load(String... settings) throws IOException {
        return ExperimentData.load(TASK, config(settings));
    }

    private ExperimentConfig config(String... settings) {
        return TestingCatalog.config(folder, settings);
    }
}
