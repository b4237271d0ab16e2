/// Whether a schedule that a population found is worth as much without the population: the schedule of a
/// winner, smoothed to a few knots, trained again from new weights, and what comes of it.
@NullMarked
package dev.clade.study.replay;

import org.jspecify.annotations.NullMarked;
