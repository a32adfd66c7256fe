package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.clip.lora.Lora;
import io.numclip.data.NumClipException;
import io.numclip.host.TestingCatalog;
import io.numclip.training.TrainingConfig;
import io.numclip.training.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraSettingsTest {

    @TempDir
    Path folder;

    private ExperimentReader reader;

    @BeforeEach
    void load() {
        reader = new ExperimentReader(TestingCatalog.create(folder));
    }

    private ExperimentConfig read(String yaml) {
        return reader.parse("mine.yaml", "task: {type: brightness}\n" + yaml, List.of());
    }

    @Test
    void theMethodHasThePublishedSetting() {
        TrainingConfig training = read("method: clip-lora\n").training();
        assertThat(training.optimizer()).isEqualTo(Optimizer.Choice.ADAMW);
        assertThat(training.lora().rank()).isEqualTo(2);
        assertThat(training.lora().scale()).isEqualTo(1 / Math.sqrt(2));
        assertThat(training.lowRank().towers()).containsExactly(Lora.Side.IMAGE, Lora.Side.TEXT);
    }

    @Test
    void aTowerWithoutALearningRateStaysAsItIs() {
        String frozen = "method: clip-lora\ntraining: {learningRates: {imageEncoder: 0}}\n";
        assertThat(read(frozen).training().lowRank().towers()).containsExactly(Lora.Side.TEXT);
        String both = "method: clip-lora\ntraining: {learningRates: {imageEncoder: 0, textEncoder: 0}}\n";
        assertThat(read(both).training().lowRank().hasRank()).isFalse();
    }

    @Test
    void theLastLayersMayBeGivenAsANumber() {
        assertThat(read("training: {lora: {rank: 4, layers: 3}}\n")
                        .training()
                        .lora()
                        .layers())
                .isEqualTo("3");
    }

    @Test
    void everyWrongSettingIsReportedAtOnce() {
        String wrong =
                "training: {optimizer: adam, lora: {rank: -1, alpha: 0, layers: first:2, targets: [q, x], towers: []}}\n";
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("training.optimizer: expected one of radam, adamw")
                .hasMessageContaining("rank must be 0 (none) to 1024; found -1")
                .hasMessageContaining("alpha must be a positive number; found 0.0")
                .hasMessageContaining("layers must be 'all'")
                .hasMessageContaining("expected one of q, k, v, out, fc1, fc2; found")
                .hasMessageContaining("towers must name at least one");
    }

    @Test
    void theConfigurationRepeatsTheRun() {
        ExperimentConfig first = read("training: {lora: {rank: 4, layers: last:2, targets: [q, fc1]}}\n");
        assertThat(reader.parse("config.yaml", first.toYaml(), List.of()).toTree())
                .isEqualTo(first.toTree());
    }
}
