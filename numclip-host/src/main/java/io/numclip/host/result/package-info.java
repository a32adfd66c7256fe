/** What came out of a run: figures, comparisons, findings. */
@NullMarked
package io.numclip.host.result;

import org.jspecify.annotations.NullMarked;
