/** What a training tells of its epochs. */
package io.numclip.training.progress;
