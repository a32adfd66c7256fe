/**
 * A first configuration for a user's own images: {@link io.numclip.host.propose.LabelSurvey} looks at the labels,
 * {@link io.numclip.host.propose.StarterBins} proposes words for them, {@link io.numclip.host.propose.Candidate} a
 * training by their number, {@link io.numclip.host.propose.Trial} looks whether something else does better, and
 * {@link io.numclip.host.propose.Proposal} writes the YAML.
 */
@NullMarked
package io.numclip.host.propose;

import org.jspecify.annotations.NullMarked;
