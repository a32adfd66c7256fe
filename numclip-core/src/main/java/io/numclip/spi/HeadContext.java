package io.numclip.spi;

import io.numclip.data.Bins;

/**
 * What the host knows when it builds a coarse or a fine head.
 *
 * @param bins the K number concepts
 * @param embedDim D, the width of the image features that the head gets: that of the joint image and text space, unless the
 *     head reads no text and the run gives such heads other features
 */
public record HeadContext(Bins bins, int embedDim) {}
