package io.numclip.host.config;

import org.jspecify.annotations.Nullable;

/**
 * Seeds of single sources of chance; one that is left out is {@code training.seed}.
 *
 * @param initialisation of the initial parameters: heads, adapter, learned context
 * @param order of the order of the images and of the flips
 * @param draws of which training images {@code protocol.images}, {@code fewShot} and {@code shift} keep
 * @param data of the splits made at random: {@code protocol.folds}, and the images for calibration
 */
public record Seeds(
        @Nullable Long initialisation,
        @Nullable Long order,
        @Nullable Long draws,
        @Nullable Long data) {}
