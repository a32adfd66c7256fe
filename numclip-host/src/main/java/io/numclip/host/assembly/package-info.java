/** What a configuration becomes: components, data and network, built by {@link io.numclip.host.assembly.ExperimentAssembler}. */
@NullMarked
package io.numclip.host.assembly;

import org.jspecify.annotations.NullMarked;
