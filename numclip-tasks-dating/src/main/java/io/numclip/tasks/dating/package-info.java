/**
 * The year of a photograph: {@link io.numclip.tasks.dating.DatingTask}, and sample prints that
 * {@link io.numclip.tasks.dating.DatingSamples} makes from present-day photographs.
 */
@NullMarked
package io.numclip.tasks.dating;

import org.jspecify.annotations.NullMarked;
