/** Charts as SVG that fills its column and takes type and colours from the page. They know numbers and no runs. */
@NullMarked
package io.numclip.runner.chart;

import org.jspecify.annotations.NullMarked;
