/** What a run leaves for people and programs: tables, CSV and JSON files, charts and pages. */
@NullMarked
package io.numclip.runner.report;

import org.jspecify.annotations.NullMarked;
