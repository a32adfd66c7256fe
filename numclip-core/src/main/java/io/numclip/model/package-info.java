/** The assembled network: what is trained, saved and asked. */
package io.numclip.model;
