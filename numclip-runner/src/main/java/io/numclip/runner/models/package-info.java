/** A list of CLIP models that can be fetched and opened: {@link io.numclip.runner.models.ModelsCommand}. */
@NullMarked
package io.numclip.runner.models;

import org.jspecify.annotations.NullMarked;
