package io.numclip.runner.demo;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TestingTasks;
import java.nio.file.Path;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
class DemoEndToEndTest {

    @TempDir
    Path folder;

    @Test
    void somethingIsSeenBeforeTheLongTrainingsEnd() throws Exception {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        try (TestingTasks tasks = new TestingTasks(folder)) {
            TestingConsole console = new TestingConsole(tasks.catalog(), folder);
            Path out = folder.resolve("demo");
            demo(console, "age", out).isZero();
            assertThat(console.err())
                    .containsSubsequence("a first look", "now with the image tower", "training age ...");
            assertThat(console.out())
                    .containsSubsequence(
                            "Six test images of age, in years, after ",
                            "On test images not used in training",
                            "Six test images of age, in years:",
                            "Look at:  " + out.resolve("demo.html"));
            assertThat(out.resolve("demo.html")).isRegularFile();
            assertThat(out.resolve("age/report.html")).isRegularFile();

            demo(console, "all", folder.resolve("quiet"), "--quiet").isZero();
            assertThat(console.err()).doesNotContain("first look");
            assertThat(console.err()).contains("training age ...", "training dating ...", "training aesthetics ...");
        }
    }

    private static AbstractIntegerAssert<?> demo(TestingConsole console, String tasks, Path out, String... more) {
        String data = "--set=task.data.samples={train: 40, validation: 10, test: 10}";
        String[] set = {"--set=backbone.model=" + CLIP, "--set=training.epochs=1", data};
        return console.run("demo", "--tasks", tasks, "--out", out, set, more);
    }
}
