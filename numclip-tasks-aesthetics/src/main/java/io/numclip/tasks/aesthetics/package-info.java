/**
 * How good a photograph is: {@link io.numclip.tasks.aesthetics.AestheticsTask}, and sample shots with more or fewer
 * flaws that {@link io.numclip.tasks.aesthetics.AestheticsSamples} makes from good photographs.
 */
@NullMarked
package io.numclip.tasks.aesthetics;

import org.jspecify.annotations.NullMarked;
