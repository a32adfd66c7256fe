/** Built-in fine heads. */
package io.numclip.head;
