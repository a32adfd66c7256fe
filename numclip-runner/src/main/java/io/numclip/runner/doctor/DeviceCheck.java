package io.numclip.runner.doctor;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.host.run.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The device and the precision that {@code auto} stands for. */
final class DeviceCheck implements Check {

    private static final String GPU = "gpu";
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    @Override
    public List<CheckResult> results() {
        Device device = Devices.parse("auto");
        return List.of(
                gpu(NativeLibrary.engine().getGpuCount(), Files.exists(DRIVER)),
                precision(device.isGpu(), Precision.AUTO.on(device)));
    }

    static CheckResult gpu(int count, boolean driver) {
        if (count > 0) {
            return CheckResult.ok(GPU, "libtorch sees " + count + "; device: auto takes the first.");
        }
        return driver
                ? CheckResult.warning(
                        GPU,
                        "This machine has an NVIDIA driver, but this libtorch is for the processor alone.",
                        "To use the GPU, see 'GPU' in docs/speed.md; nothing is wrong otherwise")
                : CheckResult.ok(GPU, "None; the processor computes.");
    }

    static CheckResult precision(boolean gpu, Precision auto) {
        String device = gpu ? "GPU" : "processor";
        return CheckResult.ok(
                "precision",
                auto == Precision.BF16
                        ? "auto is bf16: this " + device + " multiplies bfloat16 in hardware."
                        : "auto is fp32: this " + device + " does not multiply bfloat16 in hardware, and bf16 would be"
                                + " slower.");
    }
}
