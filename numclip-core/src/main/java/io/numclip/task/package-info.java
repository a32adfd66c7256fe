/** The built-in task: {@link io.numclip.task.GenericTask}, described by its settings alone. */
@NullMarked
package io.numclip.task;

import org.jspecify.annotations.NullMarked;
