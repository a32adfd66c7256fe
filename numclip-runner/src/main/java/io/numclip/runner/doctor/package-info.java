/** The command {@code doctor}: each check is one file. */
@NullMarked
package io.numclip.runner.doctor;

import org.jspecify.annotations.NullMarked;
