/**
 * Sample images that a task draws itself: a {@link io.numclip.sample.SampleWorld} draws the image of a
 * {@link io.numclip.sample.SampleKey}, the same on every machine.
 */
@NullMarked
package io.numclip.sample;

import org.jspecify.annotations.NullMarked;
