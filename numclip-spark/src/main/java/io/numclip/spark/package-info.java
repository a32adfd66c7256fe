/** Images to rows on Apache Spark: one row function, and the stages of a pipeline over it. */
@NullMarked
package io.numclip.spark;

import org.jspecify.annotations.NullMarked;
