/**
 * Built-in prompts for number concepts: {@link io.numclip.prompt.TemplatePrompts}, and two alternatives that train
 * them, {@link io.numclip.prompt.LearnedContextPrompts} and {@link io.numclip.prompt.RankInterpolationPrompts}.
 */
@NullMarked
package io.numclip.prompt;

import org.jspecify.annotations.NullMarked;
