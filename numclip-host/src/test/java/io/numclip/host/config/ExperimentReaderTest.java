package io.numclip.host.config;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.host.TestingCatalog;
import io.numclip.host.TestingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentReaderTest {

    @TempDir
    Path folder;

    private ExperimentReader reader;

    @BeforeEach
    void load() {
        reader = new ExperimentReader(TestingCatalog.create(folder));
    }

    @Test
    void theNameOfATaskReadsItsRecipe() {
        ExperimentConfig config = reader.read("brightness", List.of());
        assertThat(config.training().epochs()).isEqualTo(2);
        assertThat(config.fineHead().type()).isEqualTo("ssr");
        assertThat(config.losses())
                .extracting(ConfiguredLoss::type)
                .containsExactly("ranking-ce", "ranking-kl", "absolute-error");
        assertThat(config.zeroShot().binning().type()).isEqualTo("integer");
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.04, 0.0115", "0, 1e9, 50000000"})
    void whereWholeNumbersCannotBeTheUntrainedClipIsAskedForSteps(String minimum, String maximum, String first) {
        String text = measured(minimum, maximum);
        ExperimentConfig config = reader.parse("mine.yaml", text, List.of());
        assertThat(config.zeroShot().binning().type()).isEqualTo("uniform");
        assertThat(Records.tree(config.zeroShot().binning()).get("concepts"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(10)
                .startsWith(first);
        assertThat(config.zeroShot().numberContext()).isEqualTo("the number in the picture is");
        assertThat(reader.parse("again", config.toYaml(), List.of()).zeroShot().toString())
                .contains(first);
        assertThat(reader.parse("mine.yaml", measured("0", "5999"), List.of())
                        .zeroShot()
                        .binning()
                        .type())
                .isEqualTo("integer");
    }

    @Test
    void numberWordsThatWereWrittenAreNamedInTheirOwnSection() {
        String text = measured("0.01", "0.04") + "zeroShot: {binning: {type: integer}}\n";
        assertThatThrownBy(() -> reader.parse("mine.yaml", text, List.of()))
                .hasMessageStartingWith("mine.yaml:4:21  zeroShot.binning: integer binning needs a scale with 2 to");
        List<Setting> ranks = List.of(Setting.parse("method=coral"));
        assertThatThrownBy(() -> reader.parse("mine.yaml", text, ranks)).hasMessageContaining("zeroShot.binning");
        List<Setting> withoutWords = List.of(Setting.parse("method=linear-probe"));
        assertThat(reader.parse("mine.yaml", text, withoutWords)
                        .zeroShot()
                        .binning()
                        .type())
                .as("the model may have no words")
                .isEqualTo("integer");
    }

    private static String measured(String minimum, String maximum) {
        return """
                task: {type: generic, name: mine, minimum: %s, maximum: %s, unit: u, data: {format: folder, root: a}}
                binning: {type: uniform, concepts: [low, high]}
                prompts: {type: template, context: "it is"}
                """.formatted(minimum, maximum);
    }

    @Test
    void aFileGoesOverTheRecipeOfItsTask() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "task: {type: brightness, look: round-corners}\ntraining: {epochs: 7}\n");
        ExperimentConfig config = reader.read(file.toString(), List.of());
        assertThat(config.training().epochs()).isEqualTo(7);
        assertThat(config.training().batchSize()).isEqualTo(16);
        TestingTask.Config task = (TestingTask.Config) config.task().settings();
        assertThat(task.look()).isEqualTo(TestingTask.Look.ROUND_CORNERS);
        assertThat(task.levels()).containsExactly(1, 2);
    }

    @Test
    void optionsGoOverEverything() {
        ExperimentConfig config =
                read("training.epochs=9", "losses.0.weight=2.5", "task.levels=[3, 4]", "training.gamma=1e-1");
        assertThat(config.training().epochs()).isEqualTo(9);
        assertThat(config.training().gamma()).isEqualTo(0.1);
        assertThat(config.losses().get(0).weight()).isEqualTo(2.5);
        assertThat(((TestingTask.Config) config.task().settings()).levels()).containsExactly(3, 4);
    }

    @Test
    void aSeedThatIsLeftOutIsThatOfTheTraining() {
        ExperimentConfig config = read("training.seed=7", "seeds={draws: 3, data: null}");
        assertThat(config.drawsSeed()).isEqualTo(3);
        assertThat(config.dataSeed()).isEqualTo(7);
        assertThat(config.initialisationSeed()).isEqualTo(7);
        assertThat(config.orderedTraining()).isEqualTo(config.training());
        assertThat(read("seeds.order=4").orderedTraining().seed()).isEqualTo(4);
        assertThat(reader.parse("again", config.toYaml(), List.of()).seeds()).isEqualTo(config.seeds());
    }

    @Test
    void pathsInAFileAreRelativeToItAndPathsInOptionsToTheWorkingDirectory() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                "task: {type: brightness, data: {format: csv, file: lists/a.csv, root: ../images}}\n");
        String both = reader.read(file.toString(), List.of()).toYaml();
        assertThat(both)
                .contains("file: " + folder.resolve("lists/a.csv"))
                .contains("root: " + folder.resolveSibling("images"))
                .contains("model: embedded");
        String option = reader.read(file.toString(), List.of(Setting.parse("task.data.file=a.csv")))
                .toYaml();
        assertThat(option)
                .contains("file: " + Path.of("a.csv").toAbsolutePath())
                .contains("root: " + folder.resolveSibling("images"));
    }

    @Test
    void aResumedRunKeepsWhateverAnEpochDependsOn() {
        String before = lasting();
        for (String setting : List.of(
                "losses.0.form=plain",
                "losses.1.weight=0.5",
                "prompts.context=a picture of something",
                "backbone.precision=bf16",
                "backbone.statistics=imagenet",
                "backbone.resize=squash",
                "adapter.ratio=0.5",
                "fineHead.type=expectation",
                "coarseHead.type=coral",
                "labelOffset=1",
                "training.seed=7",
                "training.gamma=0.3",
                "training.learningRates.adapter=0.5")) {
            assertThat(lasting(setting)).as(setting).isNotEqualTo(before);
        }
    }

    @Test
    void aResumedRunMayTrainLongerMoveAndBeMeasuredInAnotherWay() {
        assertThat(lasting(
                        "training.epochs=9",
                        "training.patience=3",
                        "training.pixelCacheMegabytes=1",
                        "backbone.model=elsewhere",
                        "backbone.device=cpu",
                        "evaluation.tolerance=3",
                        "task.data.root=elsewhere"))
                .isEqualTo(lasting());
    }

    @Test
    void aResumedRunKeepsItsLengthWhereRatesDependOnIt() {
        String cosine = "training.schedule=cosine";
        assertThat(lasting(cosine, "training.epochs=9")).isNotEqualTo(lasting(cosine, "training.epochs=8"));
    }

    @Test
    void aResumedRunKeepsTheWordsOfItsRanks() {
        String ranks = "classes=ranks";
        String words = "zeroShot.numberContext=the brightness is";
        assertThat(lasting(ranks, words)).isNotEqualTo(lasting(ranks));
        assertThat(lasting(words)).isEqualTo(lasting());
    }

    private String lasting(String... settings) {
        return read(settings).lasting().toString();
    }

    @Test
    void anotherComponentDoesNotInheritTheSettingsOfTheRecipes() {
        ExperimentConfig config = read("fineHead.type=expectation");
        assertThat(config.fineHead().type()).isEqualTo("expectation");
    }

    @Test
    void settingsOfTheNewComponentFollowItsType() {
        ExperimentConfig config = read("binning.type=uniform", "binning.concepts=[dark, bright]");
        assertThat(Records.tree(config.binning())).containsEntry("concepts", List.of("dark", "bright"));
    }

    @Test
    void aTypeInQuotesAndAWordThatLooksLikeANumberAreText() {
        ExperimentConfig config = read("binning.bins.0.concept=1930", "task.owner=\"no\"", "fineHead.type=\"ssr\"");
        assertThat(((TestingTask.Config) config.task().settings()).owner()).isEqualTo("no");
        assertThat(config.toYaml()).contains("concept: '1930'");
    }

    @Test
    void aMappingByIndexChangesItemsOfAList() {
        ExperimentConfig config =
                reader.parse("a.yaml", "task: {type: brightness}\nlosses: {1: {weight: 0.5}}\n", List.of());
        assertThat(config.losses()).extracting(ConfiguredLoss::weight).containsExactly(1.0, 0.5, 1.0);
    }

    @Test
    void theResolvedConfigurationReadsBackToTheSame() throws IOException {
        ExperimentConfig config = read("training.epochs=3", "task.look=round-corners", "losses.2.weight=0.5");
        Path file = Files.writeString(folder.resolve("config.yaml"), config.toYaml());
        ExperimentConfig again = reader.read(file.toString(), List.of());
        assertThat(again.toTree()).isEqualTo(config.toTree());
        assertThat(again.toYaml()).isEqualTo(config.toYaml());
    }

    @Test
    void theHeadsOfAModelAreReadFromTheirSettings() {
        ExperimentReader.Heads heads = reader.heads(
                "numclip.json",
                Map.of("type", "image-text"),
                Map.of("type", "ssr", "anchor", "midpoint", "delta", false),
                List.of());
        assertThat(heads.coarseHead().type()).isEqualTo("image-text");
        assertThat(Records.tree(heads.fineHead()))
                .containsEntry("anchor", "midpoint")
                .containsEntry("delta", false);
    }

    @Test
    void aMissingFileIsAMissingInput() {
        assertRefused(NumClipException.Kind.MISSING, () -> reader.read("nowhere.yaml", List.of()));
    }

    @Test
    void aFileAboveOneMegabyteIsRefusedUnread() throws IOException {
        Path file = Files.writeString(folder.resolve("big.yaml"), "# ".repeat(500_001));
        assertThatThrownBy(() -> reader.read(file.toString(), List.of()))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("1000002 bytes, the limit yaml.bytes is 1,000,000");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> reader.read(file.toString(), List.of())).hasMessageContaining("not UTF-8");
    }

    @Test
    void anOptionWithoutEqualsSignIsAUsageError() {
        assertRefused(NumClipException.Kind.USAGE, () -> Setting.parse("training.epochs"));
    }

    private ExperimentConfig read(String... settings) {
        return reader.read("brightness", Stream.of(settings).map(Setting::parse).toList());
    }

    @Test
    void aHeadThatIsNotHereIsNoSettingToCorrect() {
        Map<String, Object> known = Map.of("type", "image-text");
        List<String> madeWith = List.of("plugin fill-level 1.0.0, 0a1b");
        assertThatThrownBy(() ->
                        reader.heads("run/numclip.json", known, Map.of("type", "moving-anchors", "reach", 1), madeWith))
                .isInstanceOfSatisfying(NumClipException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(NumClipException.Kind.UNAVAILABLE);
                    assertThat(failure)
                            .hasMessageStartingWith("run/numclip.json: there is no fine head \"moving-anchors\"");
                    assertThat(failure.fix()).contains("into plugins/ (plugin fill-level 1.0.0, 0a1b)");
                });
        assertThatThrownBy(() ->
                        reader.heads("run/numclip.json", known, Map.of("type", "ssr", "anchr", "midpoint"), madeWith))
                .isInstanceOfSatisfying(NumClipException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(NumClipException.Kind.DATA);
                    assertThat(failure.fix()).contains("the versions").doesNotContain("correct");
                });
    }
}
