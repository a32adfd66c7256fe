/** Training once for each fold, shared by several commands. */
@NullMarked
package io.numclip.runner.folds;

import org.jspecify.annotations.NullMarked;
