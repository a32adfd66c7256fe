package io.numclip.spi;

import io.numclip.data.Bins;

/**
 * What the host knows when it builds a coarse or a fine head.
 *
 * @param bins the K number concepts
 * @param embedDim D, the width of the joint image and text space
 */
public record HeadContext(Bins bins, int embedDim) {}
