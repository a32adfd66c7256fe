/** Which images are like those that a model was trained on. */
package io.numclip.uncertainty.familiar;
