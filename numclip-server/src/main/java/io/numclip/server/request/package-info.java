/** What a client may ask for: requests are read from bytes that nobody vouches for, or refused in words. */
@NullMarked
package io.numclip.server.request;

import org.jspecify.annotations.NullMarked;
