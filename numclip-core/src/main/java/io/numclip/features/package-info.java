/** The features that a frozen image tower computed, kept in files: {@link io.numclip.features.FeatureCache}. */
@NullMarked
package io.numclip.features;

import org.jspecify.annotations.NullMarked;
