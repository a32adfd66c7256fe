/** What every server of NumCLIP has: how it listens, which callers it lets in, the files of its page, and its answers. */
@NullMarked
package io.numclip.server.http;

import org.jspecify.annotations.NullMarked;
