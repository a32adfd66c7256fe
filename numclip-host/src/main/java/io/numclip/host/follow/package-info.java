/**
 * Who follows a training while it runs: TensorBoard by files, an MLflow server by its REST interface. {@link
 * io.numclip.host.follow.Followers} tells them; nothing that they do ends a training. This is the only package of the library
 * that opens a connection, and it does so only where a configuration names an address.
 */
@NullMarked
package io.numclip.host.follow;

import org.jspecify.annotations.NullMarked;
