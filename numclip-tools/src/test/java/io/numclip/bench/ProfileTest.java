package io.numclip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTest {

    @Test
    void theFirstWorkThatIsOnTheStackCounts() {
        StackTraceElement network = frame("ai.djl.pytorch.jni.PyTorchLibrary", "moduleRunMethod");
        StackTraceElement tensors = frame("ai.djl.pytorch.jni.PyTorchLibrary", "torchMatmul");
        StackTraceElement waiting = frame("io.numclip.input.ImageBatches", "take");
        StackTraceElement main = frame("io.numclip.runner.Main", "main");

        assertThat(Profile.Work.of(network, main)).isEqualTo(Profile.Work.NETWORK);
        assertThat(Profile.Work.of(tensors, main)).isEqualTo(Profile.Work.TENSORS);
        assertThat(Profile.Work.of(frame("java.lang.Object", "wait"), waiting, main))
                .isEqualTo(Profile.Work.WAITING);
        assertThat(Profile.Work.of(main)).isEqualTo(Profile.Work.REST);
        assertThat(Profile.Work.of()).isEqualTo(Profile.Work.REST);
    }

    @Test
    void sharesAreOfAllSamples() {
        Profile profile = new Profile();
        for (int i = 0; i < 3; i++) {
            profile.add(Profile.Work.NETWORK);
        }
        profile.add(Profile.Work.REST);

        assertThat(profile.report()).containsSubsequence("75.0 % in the network", "0.0 %", "25.0 % starting");
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }
}
