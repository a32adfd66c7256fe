package io.numclip.clip.kernel;

import static io.numclip.golden.GoldenFigures.floats;
import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeKernelTest {

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "kernel_x86"})
    void compiledKernelIsMadeFromTheSourcesBesideIt(String compiled) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String file : List.of("tower.py", "backward.py", "optimizer.py", "kernel.py")) {
            try (InputStream source = NativeKernel.class.getResourceAsStream(file)) {
                digest.update(source.readAllBytes());
            }
        }
        assertThat(digestIn(compiled))
                .as("run numclip-tools/kernel/build.py")
                .isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private static String digestIn(String compiled) throws IOException {
        try (ZipInputStream kernel = new ZipInputStream(NativeKernel.class.getResourceAsStream(compiled + ".pt"))) {
            ZipEntry entry = kernel.getNextEntry();
            while (!entry.getName().endsWith("extra/source.sha256")) {
                entry = kernel.getNextEntry();
            }
            return new String(kernel.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Minimises the sum of cubes; the sixth step is the first that is rectified. */
    @Test
    void optimizerStepEqualsThatOfTorch() throws IOException {
        JsonNode golden = GoldenFigures.read("clip-gelu/figures.json").get("radam");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray parameter = manager.create(floats(golden.get("start")));
            parameter.setRequiresGradient(true);
            NDArray average = parameter.zerosLike();
            NDArray square = parameter.zerosLike();
            int step = 0;
            for (JsonNode expected : golden.get("steps")) {
                step++;
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    collector.backward(parameter.pow(3).sum());
                }
                NDArray moved = NativeKernel.shared()
                        .call("radam_step")
                        .list(List.of(parameter))
                        .list(List.of(average))
                        .list(List.of(square))
                        .tensor(manager.create(new double[] {0.05, 0.9, 0.999, 1e-8, 0.1, step}))
                        .run(manager, false);
                assertThat(moved.toBooleanArray()).containsExactly(true);
                assertThat(parameter.getGradient().toFloatArray()).containsOnly(0);
                assertThat(parameter.toFloatArray()).containsExactly(floats(expected), within(1e-5));
            }
        }
    }

    @Test
    void nativeErrorIsOneLine() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray table = manager.create(new float[][] {{1}, {2}});
            NDArray tokens = manager.create(new long[] {2});
            assertThatIllegalStateException()
                    .isThrownBy(() -> NativeKernel.shared()
                            .call("token_embeddings")
                            .tensor(table)
                            .tensor(tokens)
                            .run(manager, false))
                    .withMessage("Native call token_embeddings failed: index out of range in self");
        }
    }

    @Test
    void emptyListIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeKernel.shared().call("radam_step").list(List.of()));
    }
}
