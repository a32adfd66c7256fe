/** Probabilities made as sure as they may be, alone and two together, and how well they fit. */
package io.numclip.uncertainty.temperature;
