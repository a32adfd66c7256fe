/** The command {@code doctor}: what it checks of the machine and of the program. */
@NullMarked
package io.numclip.runner.doctor;

import org.jspecify.annotations.NullMarked;
