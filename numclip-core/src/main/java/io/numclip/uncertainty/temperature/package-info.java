/** The temperature of probabilities, and how well they fit. */
package io.numclip.uncertainty.temperature;
