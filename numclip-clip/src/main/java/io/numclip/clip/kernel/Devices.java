package io.numclip.clip.kernel;

import ai.djl.Device;
import io.numclip.data.NumClipException;
import java.util.regex.Pattern;

/** The device that a configuration names. */
public final class Devices {

    private static final Pattern NAME = Pattern.compile("auto|cpu|cuda(:\\d{1,2})?");

    private Devices() {}

    /**
     * @param name {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code cuda} or {@code cuda:N}
     * @throws NumClipException if it is none of these, or there is no such device
     */
    public static Device parse(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "there is no device '" + name + "'",
                    "choose auto, cpu, cuda or cuda:N, such as cuda:0");
        }
        return name.equals("cpu")
                ? Device.cpu()
                : parse(name, NativeLibrary.engine().getGpuCount());
    }

    static Device parse(String name, int gpus) {
        if (name.equals("auto")) {
            return gpus > 0 ? Device.gpu() : Device.cpu();
        }
        int index = name.contains(":") ? Integer.parseInt(name.substring(name.indexOf(':') + 1)) : 0;
        if (index >= gpus) {
            throw new NumClipException(
                    NumClipException.Kind.UNAVAILABLE,
                    "backbone.device: " + name + " is not available; PyTorch sees " + gpus + " GPUs",
                    "choose cpu or auto");
        }
        return Device.gpu(index);
    }
}
