/**
 * Built-in coarse and fine heads. Those of the paper are {@link io.numclip.head.ImageTextHead} and
 * {@link io.numclip.head.SsrHead}; {@link io.numclip.head.ExpectationHead}, which has no parameters, is the fine head
 * for zero-shot prediction.
 */
@NullMarked
package io.numclip.head;

import org.jspecify.annotations.NullMarked;
