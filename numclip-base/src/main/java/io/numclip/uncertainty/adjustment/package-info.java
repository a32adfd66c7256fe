/** A line that a network's numbers are put through where it is used on images unlike those of its training. */
@NullMarked
package io.numclip.uncertainty.adjustment;

import org.jspecify.annotations.NullMarked;
