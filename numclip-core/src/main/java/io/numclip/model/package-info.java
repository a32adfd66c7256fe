/** The assembled network: what is trained, saved and used for prediction. */
package io.numclip.model;
