package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.host.TestingCatalog;
import io.numclip.spi.InvalidSettingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {

    @TempDir
    Path folder;

    @Test
    void oneLineTurnsItOn() {
        ExperimentConfig config = read("follow: {tensorboard: true, mlflow: 'http://127.0.0.1:5000/'}");
        assertThat(config.follow()).isNotNull();
        assertThat(config.follow().isTensorboardOn()).isTrue();
        assertThat(config.follow().tracking()).isEqualTo(URI.create("http://127.0.0.1:5000"));
        assertThat(read("follow: {tensorboard: true}").follow().tracking()).isNull();
    }

    /** So that the files of runs that nobody follows do not speak of it. */
    @Test
    void withoutTheLineItIsNotInTheConfiguration() {
        ExperimentConfig config = read("");
        assertThat(config.follow()).isNull();
        assertThat(config.toYaml()).doesNotContain("follow");
    }

    @Test
    void aResumedRunMayBeFollowedByOthers() {
        assertThat(read("follow: {tensorboard: true}").lasting()).isEqualTo(read("").lasting());
    }

    @Test
    void anAddressIsOneOfTheWebAndHasNoSecretInIt() {
        for (String wrong : List.of("databricks", "ftp://host", "http://", "http://host/?a=b", "not an address")) {
            assertThatThrownBy(() -> new Follow(null, wrong))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("must be the address of a tracking server")
                    .hasMessageContaining("found \"" + wrong);
        }
        assertThatThrownBy(() -> new Follow(null, "http://ada:s3cret@host"))
                .hasMessageContaining("MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> new Follow(null, "http://ada:s3 cret@host")).hasMessageNotContaining("cret");
    }

    private ExperimentConfig read(String line) {
        return new ExperimentReader(TestingCatalog.create(folder))
                .parse("follow.yaml", "task: {type: brightness}\n" + line, List.of());
    }
}
