package io.numclip.spark.job;

import picocli.CommandLine.Option;

/** Where and how a network computes. */
final class ArithmeticOptions {

    @Option(names = "--device", defaultValue = "auto", paramLabel = "DEVICE", description = "auto, cpu or cuda:N.")
    private String device = "auto";

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "PRECISION",
            description = "auto, fp32, bf16, fp16 or int8.")
    private String precision = "auto";

    String device() {
        return device;
    }

    String precision() {
        return precision;
    }
}
