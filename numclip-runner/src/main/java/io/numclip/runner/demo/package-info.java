/** The command {@code demo}: everything at a glance. */
@NullMarked
package io.numclip.runner.demo;

import org.jspecify.annotations.NullMarked;
