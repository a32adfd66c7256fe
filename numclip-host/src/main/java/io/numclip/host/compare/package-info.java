/** Comparisons: {@link io.numclip.host.compare.ComparePlan} says which cells there are, {@link io.numclip.host.compare.CellTraining} trains them. */
@NullMarked
package io.numclip.host.compare;

import org.jspecify.annotations.NullMarked;
