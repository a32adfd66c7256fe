/** The library. Start with {@link io.numclip.host.NumClip}: a trained model for an application. */
@NullMarked
package io.numclip.host;

import org.jspecify.annotations.NullMarked;
