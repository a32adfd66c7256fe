/**
 * The interfaces that plugin authors implement. Start with {@link io.numclip.spi.ComponentFactory} (a name and settings
 * from which a component is created), then the kind you want to add: {@link io.numclip.spi.OrdinalTask},
 * {@link io.numclip.spi.BinningStrategy}, {@link io.numclip.spi.NumberPrompts}, {@link io.numclip.spi.CoarseHead},
 * {@link io.numclip.spi.FineHead}, {@link io.numclip.spi.RankingLoss} or {@link io.numclip.spi.RegionFinder}.
 */
@NullMarked
package io.numclip.spi;

import org.jspecify.annotations.NullMarked;
