package io.numclip.host.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.model.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tower without a network is not trained, and one that has seen nothing must be. */
class TrainedTowerTest {

    @TempDir
    private Path folder;

    private ExperimentReader reader;

    @BeforeEach
    void load() {
        reader = new ExperimentReader(TestingCatalog.create(folder));
    }

    @ParameterizedTest
    @CsvSource({"training.learningRates.imageEncoder, 0.01", "training.lora.rank, 2"})
    void theSettingThatWouldTrainPixelsIsNamed(String setting, String value) throws IOException {
        ExperimentConfig config = config(ShippedModel.PIXELS, setting + "=" + value);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ExperimentAssembler.assemble(config))
                .withMessage(setting + ": " + value
                        + "; backbone.model: pixels has no network, so there is nothing to train" + " in it")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION))
                .satisfies(refusal -> assertThat(refusal.fix()).startsWith("Set " + setting + " to 0, or"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"training.learningRates.imageEncoder=0", "training.epochs=0"})
    void aFrozenOneIsNotRefused(String setting) throws IOException {
        ExperimentConfig config = config(ShippedModel.PIXELS, "training.learningRates.imageEncoder=1", setting);
        assertThatNoException().isThrownBy(() -> Requirements.trainedTower(config, new SharedModels()));
    }

    @Test
    void aNetworkIsNotRefused() throws IOException {
        ExperimentConfig config = config(ShippedModel.EMBEDDED, "training.learningRates.imageEncoder=1");
        assertThatNoException().isThrownBy(() -> Requirements.trainedTower(config, new SharedModels()));
    }

    @ParameterizedTest
    @CsvSource({
        "training.learningRates.imageEncoder=0, training.learningRates.imageEncoder: 0",
        "training.epochs=0, training.epochs: 0",
        "training.lora.rank=2, training.lora.rank: 2"
    })
    void aNetworkThatHasSeenNothingMustLearn(String setting, String found) throws IOException {
        ExperimentConfig config =
                config(ShippedModel.SMALL_NETWORK, "training.learningRates.imageEncoder=1e-3", setting);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ExperimentAssembler.assemble(config))
                .withMessage("backbone.model: small-network has seen no pictures, and its weights must learn; found "
                        + found)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION))
                .satisfies(refusal -> assertThat(refusal.fix()).contains("regression or dldl-v2"));
    }

    @Test
    void itsWeightsFollowFromTheSeed() throws IOException {
        assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2));
    }

    private float[] drawn(int seed) throws IOException {
        ExperimentConfig config =
                config(ShippedModel.SMALL_NETWORK, "training.learningRates.imageEncoder=1e-3", "training.seed=" + seed);
        try (Experiment experiment = ExperimentAssembler.assemble(config)) {
            return experiment
                    .model()
                    .parameters(Part.IMAGE_ENCODER)
                    .values()
                    .iterator()
                    .next()
                    .getArray()
                    .toFloatArray();
        }
    }

    @Test
    void theNameIsNoPath() throws IOException {
        assertThat(config(ShippedModel.PIXELS).backbone().model()).isEqualTo(ShippedModel.PIXELS);
        assertThat(Path.of(config("./pixels").backbone().model())).isAbsolute();
    }

    private ExperimentConfig config(String model, String... settings) throws IOException {
        List<Setting> all = Stream.concat(Stream.of("method=coral", "backbone.model=" + model), Stream.of(settings))
                .map(Setting::parse)
                .toList();
        return reader.read("brightness", all);
    }
}
