/** What a frozen image tower made of images, kept in files: {@link io.numclip.features.FeatureCache}. */
@NullMarked
package io.numclip.features;

import org.jspecify.annotations.NullMarked;
