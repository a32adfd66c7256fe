/** Whether intervals, sets and cuts keep their promise on images with known labels. */
package io.numclip.uncertainty.coverage;
