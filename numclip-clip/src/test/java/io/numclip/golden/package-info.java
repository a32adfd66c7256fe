/** Figures that the public Python code gave, for the core's own tests. Not a part of the published kit. */
package io.numclip.golden;
