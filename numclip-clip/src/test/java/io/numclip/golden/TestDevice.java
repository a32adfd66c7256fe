package io.numclip.golden;

import ai.djl.Device;

/** Where the golden figures are computed: the CPU, or what {@code -Dnumclip.test.device=gpu0} names. */
public final class TestDevice {

    private TestDevice() {}

    public static Device get() {
        return Device.fromName(System.getProperty("numclip.test.device", "cpu"));
    }
}
