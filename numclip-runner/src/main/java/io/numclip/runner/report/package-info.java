/** Results of runs for people: tables, charts and pages. */
@NullMarked
package io.numclip.runner.report;

import org.jspecify.annotations.NullMarked;
