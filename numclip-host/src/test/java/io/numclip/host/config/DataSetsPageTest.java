package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.dataset.TaskData;
import io.numclip.host.TestingCatalog;
import io.numclip.host.TestingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations in {@code docs/data-sets.md} bind. The task of this module's tests stands in for the real ones. */
class DataSetsPageTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TASK = Pattern.compile("type: (age|dating|aesthetics|counting)\\b");

    @TempDir
    Path folder;

    @Test
    void everyConfigurationBinds() throws IOException {
        ExperimentReader reader = new ExperimentReader(TestingCatalog.create(folder));
        List<String> formats = new ArrayList<>();
        Matcher blocks = YAML.matcher(Files.readString(Path.of("../docs/data-sets.md")));
        while (blocks.find()) {
            String yaml = TASK.matcher(blocks.group(1)).replaceFirst("type: brightness");
            Path file = Files.writeString(folder.resolve("page.yaml"), yaml);

            ExperimentConfig config = reader.read(file.toString(), List.of());

            TaskData data = ((TestingTask.Config) config.task().settings()).data();
            formats.add(data.format());
            assertThat(config.binning().type()).isEqualTo("fixed");
        }
        assertThat(formats).containsExactly("adience", "year-list", "ava", "fsc-147");
    }
}
