/** The command {@code reproduce}: published protocols, run and compared with the published figures. */
@NullMarked
package io.numclip.runner.reproduce;

import org.jspecify.annotations.NullMarked;
