/** The files of a run, written and read. */
@NullMarked
package io.numclip.host.files;

import org.jspecify.annotations.NullMarked;
