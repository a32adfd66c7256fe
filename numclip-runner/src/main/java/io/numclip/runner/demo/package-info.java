/** The command {@code demo}: the whole of it at a glance. */
@NullMarked
package io.numclip.runner.demo;

import org.jspecify.annotations.NullMarked;
