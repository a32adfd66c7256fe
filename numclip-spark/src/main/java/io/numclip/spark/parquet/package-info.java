/** Rows as Parquet files, written without Spark SQL. */
@NullMarked
package io.numclip.spark.parquet;

import org.jspecify.annotations.NullMarked;
