/**
 * A model that was made to be handed on: it has its CLIP with it, and opens only if it still gives the number that it gave
 * when it was written.
 */
@NullMarked
package io.numclip.host.handover;

import org.jspecify.annotations.NullMarked;
