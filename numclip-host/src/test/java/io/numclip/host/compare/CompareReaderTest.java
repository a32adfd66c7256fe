package io.numclip.host.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numclip.data.NumClipException;
import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.Setting;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareReaderTest {

    @TempDir
    Path folder;

    private PluginCatalog catalog;

    @BeforeEach
    void load() {
        catalog = TestingCatalog.create(folder);
    }

    @Test
    void everyMethodMeetsEveryTaskSeedAndNumberOfShots() throws IOException {
        List<Cell> cells = cells("""
                tasks: brightness
                methods: [numclip, zero-shot, {name: mine, base: sord, settings: {training.epochs: 3}}]
                seeds: [1, 2]
                shots: [all, 4]
                settings: {training: {epochs: 5}}
                frozen: true
                yardsticks: false
                """);
        assertThat(cells).hasSize(12);
        assertThat(cells).extracting(cell -> cell.config().method().title()).contains("NumCLIP", "mine");
        assertThat(cells)
                .allMatch(cell -> cell.config().training().learningRates().imageEncoder() == 0);
        assertThat(cells)
                .filteredOn(cell -> cell.method().equals("numclip"))
                .allMatch(cell -> cell.config().training().epochs() == 5);
        assertThat(cells)
                .filteredOn(cell -> cell.method().equals("zero-shot"))
                .allMatch(cell -> cell.config().training().epochs() == 0);
        assertThat(cells)
                .filteredOn(cell -> cell.method().equals("mine"))
                .allMatch(cell -> cell.config().training().epochs() == 3);
        assertThat(cells)
                .filteredOn(cell -> cell.table().shots() == 4)
                .allMatch(cell -> cell.config().protocol().fewShot() == 4);
    }

    @Test
    void shiftsAreAnAxis() throws IOException {
        List<Cell> cells = cells("""
                tasks: brightness
                methods: numclip
                shots: [all, 4]
                shifts: [none, {labels: 2, keep: 0.5}]
                yardsticks: false
                """);
        assertThat(cells)
                .extracting(cell -> cell.table().toString())
                .containsExactly(
                        "brightness",
                        "brightness, shift of 2 labels to 0.5",
                        "brightness, 4-shot",
                        "brightness, 4-shot, shift of 2 labels to 0.5");
        assertThat(cells.get(1).config().protocol().shift()).isEqualTo(new Protocol.Shift(2, 0.5));
        assertThat(cells.get(0).config().protocol().shift().labels()).isZero();
    }

    @Test
    void everyTableHasYardsticksThatAreNotTrained() throws IOException {
        List<Cell> cells = cells("tasks: brightness\nmethods: coral\nseeds: [1, 2]\n");
        assertThat(cells)
                .extracting(Cell::method)
                .startsWith(
                        "coral",
                        "nearest neighbours, features",
                        "logistic regression, features",
                        "nearest neighbours, pixels",
                        "logistic regression, pixels",
                        "coral")
                .hasSize(10);
        assertThat(cells)
                .filteredOn(cell -> !cell.method().equals("coral"))
                .allMatch(cell -> cell.config().training().epochs() == 0
                        && cell.config().classes() == ExperimentConfig.Classes.CONCEPTS);
    }

    @Test
    void anUnknownKeyAndAnUnknownMethodAreRefused() {
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclip]\nseed: [1]\n"))
                .hasMessageContaining("seed: unknown setting. Did you mean \"seeds\" or \"search.seed\"?");
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclib]\n"))
                .hasMessageContaining("there is no method \"numclib\". Did you mean \"numclip\"?");
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclip]\nsettings: {training.epcohs: 3}\n"))
                .hasMessageContaining("training.epcohs: unknown setting. Did you mean \"epochs\"?");
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclip]\nshifts: [{labels: 2, keep: 2}]\n"))
                .hasMessageContaining("keep must be above 0 and at most 1; found 2.0");
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclip]\nsearch: {factors: [0], seed: 1}\n"))
                .hasMessageContaining("factors must be positive numbers, as in factors: [1, 3, 10]; found [0.0]");
        assertThatThrownBy(() -> cells("tasks: [brightness]\nmethods: [numclip]\nshots: [many]\n"))
                .hasMessageContaining("shots must be all, or a number of images of each label; found [many]");
    }

    @ParameterizedTest
    @CsvSource({"numclip nope,one-method", "nope nix,two-methods", "numclip nope,no-file"})
    void whatIsWrongIsSaidOnceHoweverManyCellsItIsIn(String methods, String name) throws IOException {
        String tasks = name.equals("no-file") ? "nowhere.yaml" : "brightness";
        List<Setting> options = List.of(
                new Setting("tasks", tasks),
                new Setting("methods", "[" + methods.replace(' ', ',') + "]"),
                new Setting("seeds", "[1, 2]"));
        assertRefused(null, options, name);
    }

    @Test
    void mistakesOfTheFileAndOfAllConfigurationsAreNamedAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("compare.yaml"), """
                tasks: [brightness, nosuch]
                methods:
                  - numclip
                  - corel
                  - {name: mine, base: sord, settings: {losses: [{type: sort}]}}
                  - {base: numclip}
                seeds: [one]
                shots: [0, all]
                search: {factors: [0, 1], seed: 3}
                folds: 5
                settings: {training.epochs: x, backbone.foo: 1}
                against: zzz
                """);
        assertRefused(file, List.of(), "everything-at-once");
    }

    @Test
    void whatAllAreTestedAgainstIsNamedByNameOrTitle() throws IOException {
        String rivals = "tasks: brightness\nmethods: [numclip, {name: mine, base: sord}]\nagainst: ";
        for (String known : List.of("numclip", "NumCLIP", "mine", "\"nearest neighbours, pixels\"")) {
            assertThat(cells(rivals + known)).isNotEmpty();
        }
        assertThatThrownBy(() -> cells(rivals + "numclib"))
                .hasMessageContaining(
                        "compare.yaml:3:10  against: the comparison has no method \"numclib\". Did you mean 'numclip'?")
                .hasMessageContaining("Known methods: \"numclip\", \"mine\", \"nearest neighbours, features\"");
        assertThatThrownBy(() -> cells("tasks: brightness\nmethods: [{name: mine, bse: sord}]\nagainst: mine"))
                .hasMessageContaining("compare.yaml:2:24  methods.0.bse: unknown setting.")
                .hasMessageNotContaining("against: ");
        assertThatThrownBy(() -> cells("yardsticks: false\n" + rivals + "\"nearest neighbours, pixels\""))
                .hasMessageContaining("Known methods: \"numclip\", \"mine\".");
    }

    private void assertRefused(Path file, List<Setting> options, String name) throws IOException {
        NumClipException refusal =
                catchThrowableOfType(NumClipException.class, () -> new CompareReader(catalog).read(file, options));
        String message = String.valueOf(refusal.getMessage()).replace(folder + "/", "");
        Golden.assertEqualsFile("errors/compare/" + name + ".txt", message + "\n  fix: " + refusal.fix());
    }

    private List<Cell> cells(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("compare.yaml"), yaml);
        CompareConfig compare = new CompareReader(catalog).read(file, List.of());
        return new Cells(compare, new ExperimentReader(catalog), new Tasks()).all();
    }
}
