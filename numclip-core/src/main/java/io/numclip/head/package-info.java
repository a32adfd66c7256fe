/**
 * Built-in fine heads: {@link io.numclip.head.SsrHead}, the head of the paper, and {@link io.numclip.head.ExpectationHead},
 * which learns nothing and serves zero-shot.
 */
@NullMarked
package io.numclip.head;

import org.jspecify.annotations.NullMarked;
