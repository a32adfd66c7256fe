/** Jobs for {@code spark-submit}: many images in, chunks of rows out. */
@NullMarked
package io.numclip.spark.job;

import org.jspecify.annotations.NullMarked;
