package io.numclip.spark.job;

import picocli.CommandLine.Option;

/** Where and how a network computes. */
final class ArithmeticOptions {

    @Option(names = "--device", defaultValue = "auto", paramLabel = "DEVICE", description = "auto, cpu or cuda:N.")
    private String device = "auto";

    @Option(names = "--precision", defaultValue = "auto", paramLabel = "PRECISION", description = "auto, bf16 or fp32.")
    private String precision = "auto";

    String device() {
        return device;
    }

    String precision() {
        return precision;
    }
}
