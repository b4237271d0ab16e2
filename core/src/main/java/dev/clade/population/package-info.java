/// The population as a fold of its log: events, members, segments, lineage, and what follows by rule from a state.
///
/// Reading order: [dev.clade.population.Event], [dev.clade.population.Member], [dev.clade.population.Population],
/// [dev.clade.population.Consequence], [dev.clade.population.Lineage].
@NullMarked
package dev.clade.population;

import org.jspecify.annotations.NullMarked;
