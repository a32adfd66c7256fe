package io.numclip.clip.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices of machines with and without GPUs. */
class DevicesTest {

    @ParameterizedTest
    @CsvSource({
        "auto, 0, cpu",
        "auto, 2, gpu0",
        "cuda, 1, gpu0",
        "cuda:0, 1, gpu0",
        "cuda:1, 2, gpu1",
        "cuda:11, 12, gpu11"
    })
    void nameSaysWhich(String name, int gpus, String device) {
        assertThat(Devices.parse(name, gpus)).isEqualTo(Device.fromName(device));
    }

    @Test
    void cpuIsAlwaysThere() {
        assertThat(Devices.parse("cpu")).isEqualTo(Device.cpu());
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "gpu", "cuda:", "cuda:x", "cuda:99999999999", "CPU "})
    void whatIsNoNameOfADeviceIsAMistakeOfTheCommandLine(String name) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Devices.parse(name))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
                .satisfies(e -> assertThat(e.fix()).contains("auto, cpu, cuda or cuda:N"));
    }

    @ParameterizedTest
    @CsvSource({"cuda, 0", "cuda:0, 0", "cuda:2, 2"})
    void deviceThatIsNotThereIsNamed(String name, int gpus) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Devices.parse(name, gpus))
                .withMessageContaining(name + " is not available; PyTorch sees " + gpus + " GPUs")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
}
