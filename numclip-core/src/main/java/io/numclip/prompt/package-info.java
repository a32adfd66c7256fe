/** Built-in wordings of number concepts. */
package io.numclip.prompt;
