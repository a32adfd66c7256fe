/** Built-in wordings of number concepts: {@link io.numclip.prompt.TemplatePrompts}. */
@NullMarked
package io.numclip.prompt;

import org.jspecify.annotations.NullMarked;
