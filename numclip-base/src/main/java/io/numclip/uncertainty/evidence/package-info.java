/** What speaks for which numbers of an image, and the one number that is read from it. */
package io.numclip.uncertainty.evidence;
