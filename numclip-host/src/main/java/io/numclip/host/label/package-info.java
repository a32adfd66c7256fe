/**
 * Numbers for images from people who look at them: {@link io.numclip.host.label.AnswerFile} keeps every answer,
 * {@link io.numclip.host.label.Labelling} asks the next question, and {@link io.numclip.host.label.LabelLists} writes what
 * training takes.
 */
@NullMarked
package io.numclip.host.label;

import org.jspecify.annotations.NullMarked;
